"""What a person types as a tree: operators, bounds, and back to text."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from search.query import LONGEST_QUERY, MOST_TERMS, as_text, hyphened, parse, relaxed
from search.tree import Alternative, Either, Expanded, Not, Phrase, Query, Word

LANGUAGES = ("en", "fr", "de", "es", "it")


def parsed(text: str, *languages: str) -> Query:
    return parse(text, languages=languages or LANGUAGES)


def words(*texts: str) -> tuple[Word, ...]:
    return tuple(Word(text) for text in texts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("victims trafficking", words("victims", "trafficking")),
        ("Opfer  ÜBUNG\u00a0Straße", words("opfer", "ubung", "strasse")),
        ('"traite des êtres humains"', (Phrase(("traite", "des", "etres", "humains")),)),
        ("„Opfer im Verfahren“", (Phrase(("opfer", "im", "verfahren")),)),
        ("«victime» x", (Phrase(("victime",)), Word("x"))),
        ('foo"bar baz"qux', (Word("foo"), Phrase(("bar", "baz")), Word("qux"))),
        ("shelter OR refuge women", (Either(words("shelter", "refuge")), Word("women"))),
        ("a1 | b1|c1", (Either(words("a1", "b1", "c1")),)),
        ('shelter OR "safe house"', (Either((Word("shelter"), Phrase(("safe", "house")))),)),
        ("2011/36/EU OR x", (Either((Phrase(("2011", "36", "eu")), Word("x"))),)),
        ("2011/36/EU", words("2011", "36", "eu")),
        ("traffick*", (Word("traffick", is_prefix=True),)),
        ("t*", words("t")),
        ("title:Shelter", (Word("shelter", field="title"),)),
        ('NAMES:"la strada"', (Phrase(("la", "strada"), field="names"),)),
        ("type:law", words("type", "law")),
        ("title: law", words("title", "law")),
        ("shelter AND women", words("shelter", "women")),
        ("shelter shelter", words("shelter")),
        ("2014-2020", (Phrase(("2014", "2020")),)),
        ("anti-traff*", (Word("antitraff", is_prefix=True),)),
        ("women - children", words("women", "children")),
        ("N.G.O. staff", words("ngo", "staff")),
        ("+the shelter", words("the", "shelter")),
    ],
)
def test_what_is_typed_becomes_parts(text: str, parts: tuple[object, ...]) -> None:
    assert parsed(text).parts == parts
    assert parsed(text).without == ()


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("shelter -men", (Not(Word("men")),)),
        ("shelter NOT men", (Not(Word("men")),)),
        ('shelter -"safe house"', (Not(Phrase(("safe", "house"))),)),
        ("shelter -re-integration", (Not(Phrase(("re", "integration"))), Not(Word("reintegration")))),
        ("shelter -2011/36", (Not(Phrase(("2011", "36"))),)),
        ("shelter -l'accueil", (Not(Word("accueil")),)),
        ("shelter -title:men -men*", (Not(Word("men", field="title")), Not(Word("men", is_prefix=True)))),
        ("shelter -the", (Not(Word("the")),)),
        ("shelter OR -men", (Not(Word("men")),)),
    ],
)
def test_what_must_not_occur(text: str, without: tuple[Not, ...]) -> None:
    query = parsed(text)
    assert query.parts == words("shelter")
    assert query.without == without


@pytest.mark.parametrize(
    "text", ["-men", "NOT men", '-"the men"', "", "   ", '"', "- * ()", "…", '""', "\x00", "|", "🙂"]
)
def test_without_anything_that_must_occur_nothing_is_asked(text: str) -> None:
    assert not parsed(text)


@pytest.mark.parametrize("text", ['shelter "women', 'shelter women"', "shelter » women", '"" shelter women "'])
def test_a_quotation_mark_without_its_second_is_punctuation(text: str) -> None:
    assert parsed(text).parts == words("shelter", "women")


@pytest.mark.parametrize("text", ["re-integration", "Re\u2010Integration", "ré-intégration"])
def test_hyphens_may_be_left_out(text: str) -> None:
    (part,) = parsed(text).parts
    assert part == Either((Phrase(("re", "integration")), Word("reintegration")))
    assert hyphened(part) == ("re", "integration")


def test_only_what_hyphens_joined_is_hyphened() -> None:
    assert hyphened(Either(words("a", "b"))) == ()
    assert hyphened(Either((Phrase(("a", "b")), Word("abc")))) == ()
    assert hyphened(Either((Phrase(("a", "b")), Word("ab", field="title")))) == ()
    assert hyphened(Word("ab")) == ()


class TestFunctionWords:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("what is the shelter for", ["shelter"]),
            ("l’accueil des victimes", ["accueil", "victimes"]),
            ("Schutz für die Opfer", ["schutz", "opfer"]),
            ("una casa para las víctimas", ["casa", "victimas"]),
            ("la tratta degli esseri", ["tratta", "esseri"]),
            ("the victim's rights", ["victim", "rights"]),
        ],
    )
    def test_they_are_left_out(self, text: str, left: list[str]) -> None:
        assert parsed(text).parts == words(*left)

    def test_they_stay_if_there_is_nothing_else(self) -> None:
        assert parsed("to be or not to be").parts == words("to", "be", "or", "not")
        assert parsed("the -shelter").parts == words("the")

    def test_operators_that_join_nothing_go_first(self) -> None:
        assert parsed("the OR").parts == words("the")
        assert parsed("OR").parts == words("or")
        assert parsed("OR shelter NOT").parts == words("shelter")

    def test_they_stay_in_phrases_fields_and_alternatives(self) -> None:
        assert parsed('"the shelter" title:the the').parts == (Phrase(("the", "shelter")), Word("the", field="title"))
        assert parsed("shelter OR the").parts == (Either(words("shelter", "the")),)

    def test_names_in_capitals_are_none(self) -> None:
        assert parsed("WHO guidelines").parts == words("who", "guidelines")
        assert parsed("who guidelines").parts == words("guidelines")
        assert parsed("WHO GUIDELINES").parts == words("guidelines")

    def test_pieces_of_one_name_are_none(self) -> None:
        assert parsed("Ac.Sé the his/her").parts == words("ac", "se")
        assert parsed("l'accueil/l'aide").parts == words("accueil", "aide")

    def test_a_word_of_another_language_that_means_something_stays(self) -> None:
        assert parsed("war refugees", "en", "de").parts == words("war", "refugees")
        assert parsed("war refugees", "de", "en").parts == words("refugees")
        assert parsed("eu directive").parts == words("eu", "directive")

    def test_hyphened_words_of_function_words_only_are_left_out(self) -> None:
        assert parsed("celui-ci shelter").parts == words("shelter")
        assert hyphened(parsed("sans-papiers").parts[0]) == ("sans", "papiers")


class TestBounds:
    def test_a_long_query_is_cut_at_a_word(self) -> None:
        query = parsed("abcdefghi " * 30)
        assert query.notices == ("too_long",)
        assert query.parts == words("abcdefghi")
        assert parsed("shelter " + "x" * 300).parts == words("shelter")
        assert parsed("x" * 256).notices == ()

    def test_what_comes_behind_very_much_text_is_said_to_be_cut(self) -> None:
        assert parsed("shelter" + " " * 5000 + "women").notices == ("too_long",)
        assert parsed("shelter" + " " * 5000).notices == ()

    def test_there_are_so_many_words_at_most(self) -> None:
        many = " ".join(f"w{number}" for number in range(40))
        query = parsed(many)
        assert query.notices == ("too_many_words",)
        assert query.parts == words(*(f"w{number}" for number in range(MOST_TERMS)))
        assert parsed(f'"{many}"').parts == (Phrase(tuple(f"w{number}" for number in range(MOST_TERMS))),)

    def test_what_cannot_be_printed_is_a_blank(self) -> None:
        assert parsed("shel\x00ter \ud800women\x9f").parts == words("shel", "ter", "women")

    def test_letters_and_marks_count_as_one(self) -> None:
        assert parsed("e\u0301" * 200).notices == ()


def test_a_relaxed_query_asks_the_same() -> None:
    query = parsed("shelter women -men")
    assert relaxed(query).is_relaxed
    assert relaxed(query).parts == query.parts
    assert relaxed(query).without == query.without


def test_other_scripts_are_given_back_as_typed() -> None:
    assert as_text(parsed("Приют женщины*")) == "приют женщины*"


def test_what_the_thesaurus_added_is_no_part_of_the_text() -> None:
    added = Alternative(Word("refuge"), language="fr", weight=0.6)
    query = Query(parts=(Word("women"), Expanded(words("safe", "shelter"), (added,), "shelter")))
    assert as_text(query) == "women safe shelter"


PIECES = st.sampled_from(
    [
        *("shelter", "Opfer", "WHO", "the", "war", "l'accueil", "re-integration", "2011/36/EU", "2014-2020", "N.G.O."),
        *("приют", "OR", "AND", "NOT", "|", "-", "+", "*", '"', "„", "“", "«", "»", ":", "(", ")", "title:", "body:"),
        *(" ", " ", " ", "\x00", "\ud800", "é", "e\u0301", "œ", "ß", "İ", "²", "\u200f", "-", "a", "b", "c", "ui-ci"),
    ]
)
QUERIES = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(st.characters(), max_size=400))


@given(QUERIES, st.permutations(LANGUAGES))
@example('"', LANGUAGES)
@example("title:\"' -", LANGUAGES)
def test_the_text_of_a_query_gives_the_query(text: str, languages: tuple[str, ...]) -> None:
    query = parse(text, languages=languages)
    again = as_text(query)
    assume(len(again) <= LONGEST_QUERY)
    found = parse(again, languages=languages)
    assert (found.parts, found.without) == (query.parts, query.without)
    assert found.notices == ()


@given(st.one_of(QUERIES, QUERIES.map(lambda text: (text or "x") * (10_000 // len(text or "x")))))
def test_any_text_is_a_bounded_query(text: str) -> None:
    query = parsed(text)
    count = 0
    for part in (*query.parts, *(negated.part for negated in query.without)):
        leaves = part.parts if isinstance(part, Either) else (part,)
        for leaf in leaves:
            assert isinstance(leaf, Word | Phrase)
            texts = leaf.words if isinstance(leaf, Phrase) else (leaf.text,)
            count += len(texts)
            assert all(one and one.isascii() and one.isalnum() and one == one.lower() for one in texts)
    assert count <= MOST_TERMS
    assert set(query.notices) <= {"too_long", "too_many_words"}
