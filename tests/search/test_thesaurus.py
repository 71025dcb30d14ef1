"""The thesaurus in memory: what a text names, how a query is widened, and that a change holds at once."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from platform_site.records.services import publish_record, save_draft, withdraw_record
from search.analysis import tokens
from search.models import Concept, ConceptLabel
from search.thesaurus.expansion import (
    MOST_CONCEPTS,
    MOST_LABELS,
    OTHER_LANGUAGE,
    SAME_LANGUAGE,
    expand,
    suggestions,
)
from search.thesaurus.selectors import label_words, named, thesaurus
from search.thesaurus.trie import LabelTrie, make_label
from search.tree import Either, Expanded, Not, Phrase, Query, Word
from tests.search.making import build_concept, make_concept

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


def query(text: str) -> Query:
    """Return a query of plain words."""
    return Query(tuple(Word(token) for token, _start, _end in tokens(text)))


def widened(found: Query) -> dict[str, set[str]]:
    """Return by the words that name a concept what stands for them too."""
    return {
        " ".join(word.text for word in part.parts): {
            one.part.text if isinstance(one.part, Word) else " ".join(one.part.words) for one in part.alternatives
        }
        for part in found.parts
        if isinstance(part, Expanded)
    }


@pytest.fixture
def tides() -> Concept:
    """A concept that the project's thesaurus has nothing of."""
    return make_concept(
        "tide",
        ("en", "spring tide", "pref"),
        ("en", "king tides", "alt"),
        ("en", "SPQT", "acronym"),
        ("en", "sprng tide", "hidden"),
        ("en", "springer", "alt", False),
        ("fr", "grande marée", "pref"),
        ("de", "Springflut", "pref"),
        note="High water.",
    )


# --- finding ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed", ["spring tide", "Spring Tides", "king tide", "spqt", "sprng tide", "grandes marées", "Springfluten"]
)
def test_a_concept_is_named_by_stems_of_each_language(tides: Concept, typed: str) -> None:
    ((part,), (expansion,)) = (expand(query(typed), LANGUAGES)[0].parts, expand(query(typed), LANGUAGES)[1])
    assert isinstance(part, Expanded)
    assert part.concept == expansion.concept == "tide"


@pytest.mark.parametrize("typed", ["springer", "spqts", "spring", "tide spring", "spring high tide"])
def test_other_words_name_nothing(tides: Concept, typed: str) -> None:
    found, expansions = expand(query(typed), LANGUAGES)
    assert found == query(typed)
    assert expansions == []


def test_what_is_never_stemmed_is_a_whole_word() -> None:
    codes = {word: [one.concept.code for one in named(word)] for word in ("trata", "tratta", "tratado", "trattato")}
    assert codes == {
        "trata": ["trafficking_in_human_beings"],
        "tratta": ["trafficking_in_human_beings"],
        "tratado": [],
        "trattato": [],
    }


def test_a_stem_that_two_concepts_share_names_none_unless_it_is_written_as_a_label() -> None:
    found = {word: [one.concept.code for one in named(word)] for word in ("trafficking", "trafficked", "traffickers")}
    assert found == {"trafficking": [], "trafficked": [], "traffickers": ["trafficker"]}
    make_concept("zone", ("en", "zbarking", "pref"))
    assert [one.concept.code for one in named("zbarks")] == ["zone"]
    make_concept("ztwo", ("en", "ztwo thing", "pref"), ("en", "zbarked", "alt", False))
    assert [one.concept.code for one in named("zbarking zbarks zbarked")] == ["zone"]


def test_the_longest_label_wins(tides: Concept) -> None:
    make_concept("tidetable", ("en", "spring tide table", "pref"), ("de", "Gezeitentafel", "pref"))
    found, expansions = expand(query("spring tide tables"), LANGUAGES)
    assert [one.concept for one in expansions] == ["tidetable"]
    assert len(found.parts) == 1


def test_places_of_what_a_text_names(tides: Concept) -> None:
    text = "Nach der Springflut: «Grande  marée», SPQT."
    assert [(one.concept.code, text[one.start : one.end]) for one in named(text, ("de",))] == [
        ("tide", "Springflut"),
        ("tide", "Grande  marée"),
        ("tide", "SPQT"),
    ]


def test_the_readers_language_decides_between_equal_labels() -> None:
    make_concept("gift_en", ("en", "zgift", "pref"))
    make_concept("gift_de", ("de", "zgiften", "pref"))
    assert [one.concept.code for one in named("zgifts", ("en", "de"))] == ["gift_en"]
    assert [one.concept.code for one in named("zgiften", ("en", "de"))] == ["gift_de"], "as it is written, first"


def test_words_of_german_labels_are_given_as_stems(tides: Concept) -> None:
    assert {"springflut", "menschenhandel"} <= label_words()
    assert "grand" not in label_words()


WORDS = st.lists(st.sampled_from(["spring", "tide", "tides", "table", "x", "sea"]), max_size=9)


@given(WORDS)
def test_matches_stand_in_order_and_never_within_another(words: list[str]) -> None:
    texts = ("spring tide", "tide table", "spring tide table", "sea")
    trie = LabelTrie(make_label(text, "en", text, "pref", True) for text in texts)
    found = list(trie.matches(words, ("en",)))
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    for one in found:
        assert tuple(word.removesuffix("s") for word in words[one.start : one.end]) == one.label.words
        longer = tuple(word.removesuffix("s") for word in words[one.start : one.end + 1])
        assert len(longer) == len(one.label.words) or " ".join(longer) not in texts


# --- widening ---------------------------------------------------------------------------------------------------
def test_other_words_are_added_with_weights_and_shown(tides: Concept) -> None:
    found, (expansion,) = expand(query("last spring tides"), LANGUAGES)
    first, second = found.parts
    assert first == Word("last")
    assert isinstance(second, Expanded)
    assert second.parts == (Word("spring"), Word("tides"))
    assert [(one.part, one.language, one.weight) for one in second.alternatives] == [
        (Phrase(("grande", "maree")), "fr", OTHER_LANGUAGE),
        (Word("springflut"), "de", OTHER_LANGUAGE),
        (Phrase(("king", "tides")), "en", SAME_LANGUAGE),
        (Word("spqt"), "en", SAME_LANGUAGE),
    ]
    assert expansion.words == "spring tides"
    assert [(added.language, added.label) for added in expansion.labels] == [
        ("fr", "grande marée"),
        ("de", "Springflut"),
        ("en", "king tides"),
        ("en", "SPQT"),
    ]
    assert expansion.href == "/en/glossary/tide/"


def test_hidden_and_ambiguous_labels_are_never_added(tides: Concept) -> None:
    (added,) = widened(expand(query("Springflut"), LANGUAGES)[0]).values()
    assert added == {"spring tide", "king tides", "spqt", "grande maree"}


def test_only_the_wanted_languages_are_added(tides: Concept) -> None:
    assert widened(expand(query("spring tide"), ("en", "de"))[0]) == {
        "spring tide": {"king tides", "spqt", "springflut"}
    }


@pytest.mark.parametrize(
    "asked",
    [
        Query((Phrase(("spring", "tide")),)),
        Query((Either((Word("springflut"), Word("x"))),)),
        Query((Word("springflut", is_prefix=True),)),
        Query((Word("springflut", field="title"),)),
        Query((Word("spring"), Phrase(("x",)), Word("tide"))),
        Query((Word("x"),), (Not(Word("springflut")),)),
    ],
)
def test_phrases_alternatives_beginnings_and_fields_stay(tides: Concept, asked: Query) -> None:
    assert expand(asked, LANGUAGES) == (asked, [])


def test_what_else_the_query_says_is_kept(tides: Concept) -> None:
    asked = Query((Word("springflut"),), (Not(Word("x")),), True, ("too_long",))
    found, _expansions = expand(asked, LANGUAGES)
    assert (found.without, found.is_relaxed, found.notices) == (asked.without, True, asked.notices)


def test_a_word_that_is_several_to_the_thesaurus_is_taken_whole_or_not_at_all(tides: Concept) -> None:
    assert len(expand(Query((Word("spring-tide"),)), LANGUAGES)[1]) == 1
    assert expand(Query((Word("x-spring"), Word("tide"))), LANGUAGES)[1] == []


def test_at_most_twelve_labels_and_three_concepts() -> None:
    many = [("en", f"zword{number}", "alt") for number in range(20)]
    make_concept("many", ("en", "zmany", "pref"), *many, ("fr", "zbeaucoup", "pref"))
    for number in range(4):
        make_concept(f"zc{number}", ("en", f"zconcept{number}", "pref"), ("fr", f"zidee{number}", "pref"))
    (expansion,) = expand(query("zmany"), LANGUAGES)[1]
    assert len(expansion.labels) == MOST_LABELS
    assert expansion.labels[0].label == "zbeaucoup", "preferred ones first"
    found, expansions = expand(query("zconcept0 x zconcept1 zconcept2 zconcept3"), LANGUAGES)
    assert [one.concept for one in expansions] == ["zc0", "zc1", "zc2"]
    assert len(expansions) == MOST_CONCEPTS
    assert len(found.parts) == 5


def test_the_thesaurus_crosses_languages() -> None:
    (added,) = widened(expand(query("menschenhandels"), LANGUAGES)[0]).values()
    assert {"traite des etres humains", "tratta di esseri umani", "trafficking in human beings"} <= added


def test_relations_are_offered_and_not_searched(tides: Concept) -> None:
    moon = make_concept("moon", ("en", "full moon", "pref"), related=[tides])
    make_concept("sea", ("en", "wide sea", "pref"), ("de", "weites Meer", "pref"), broader=[moon])
    assert [(one.concept, one.relation) for one in suggestions(query("spring tide"), LANGUAGES)] == [
        ("moon", "related")
    ]
    found = suggestions(query("wide sea"), ("de", "en"))
    assert [(one.concept, one.relation, one.label, one.language) for one in found] == [
        ("moon", "broader", "full moon", "en")
    ]
    assert widened(expand(query("wide sea"), LANGUAGES)[0]) == {"wide sea": {"weites meer"}}
    assert suggestions(query("wide sea and a full moon"), LANGUAGES)[0].concept == "tide"


# --- changes ----------------------------------------------------------------------------------------------------
def test_a_published_change_works_at_the_next_request(tides: Concept, client: Client) -> None:
    assert "deluge" not in str(expand(query("spring tide"), LANGUAGES))
    tides.labels = [*tides.labels.all(), ConceptLabel(language="en", label="deluge", kind="alt", sort_order=20)]
    save_draft(record=tides)
    assert "deluge" not in str(expand(query("spring tide"), LANGUAGES)), "a draft"
    publish_record(record=tides)
    assert "deluge" in str(expand(query("spring tide"), LANGUAGES))
    assert named("deluge")
    withdraw_record(record=tides, user=None, reason="Gone.")
    assert expand(query("spring tide"), LANGUAGES)[1] == []
    assert client.get("/en/glossary/tide/").status_code == 410


def test_drafts_and_concepts_for_some_widen_nobodys_search() -> None:
    save_draft(record=build_concept("draft", ("en", "zdraft", "pref"), ("fr", "zbrouillon", "pref")))
    make_concept("inside", ("en", "zinside", "pref"), ("fr", "zdedans", "pref"), audience="members")
    assert expand(query("zdraft"), LANGUAGES)[1] == []
    assert expand(query("zinside"), LANGUAGES)[1] == []
    assert "inside" in thesaurus().concepts
    public = make_concept("outside", ("en", "zoutside", "pref"))
    make_concept("within", ("en", "zwithin", "pref"), audience="members", related=[public])
    assert suggestions(query("zoutside"), LANGUAGES) == []


def test_the_memory_is_read_without_a_query_as_long_as_nothing_changes(
    tides: Concept, django_assert_num_queries
) -> None:
    expand(query("spring tide"), LANGUAGES)
    with django_assert_num_queries(0):
        expand(query("spring tide"), LANGUAGES)
        named("spring tide")


def test_addresses_are_in_the_readers_language(tides: Concept) -> None:
    with translation.override("fr"):
        (expansion,) = expand(query("spring tide"), ("fr", "en"))[1]
    assert expansion.href == "/fr/glossary/tide/"
