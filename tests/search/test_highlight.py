"""Which words are marked, and which piece of a text is shown."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import Marker
from search.query import parse, relaxed
from search.tree import Alternative, Expanded, Phrase, Query, Word

LANGUAGES = ("en", "fr", "de", "es", "it")
FILLER = "Morning light falls slowly over the quiet northern river. "


def marker(text: str) -> Marker:
    return Marker(parse(text, languages=LANGUAGES), LANGUAGES)


def marks(query: str, text: str, language: str = "en") -> list[str]:
    return re.findall("<mark>(.*?)</mark>", marker(query).excerpt(text, language, length=10_000))


class TestMarks:
    @pytest.mark.parametrize(
        ("query", "language", "text", "marked"),
        [
            ("victim", "en", "Victims and the victim's rights", ["Victims", "victim"]),
            ("organisation", "en", "An organization organised it", ["organization", "organised"]),
            ("exploitée", "fr", "Les femmes EXPLOITÉES", ["EXPLOITÉES"]),
            ("ruckkehr", "de", "Die Rückkehr der Opfer", ["Rückkehr"]),
            ("oeuvre", "fr", "la main-d’œuvre", ["œuvre"]),
            ("organisations", "de", "Die Organisation", ["Organisation"]),
            ("shelter women", "en", "A shelter for women.", ["shelter", "women"]),
            ('"safe house"', "en", "A safe house, safe and house; Safe  Houses", ["safe house", "Safe  Houses"]),
            ('"house house"', "en", "house house house", ["house house house"]),
            ('"a b a c"', "en", "a b a b a c", ["a b a c"]),
            ("traffick*", "en", "trafficked, traffickers, traffic", ["trafficked", "traffickers"]),
            ("organisati*", "en", "organisations and organs", ["organisations"]),
            ("labo*", "en", "labour", ["labour"]),
            ("shelter OR refuge", "en", "a refuge, a shelter", ["refuge", "shelter"]),
            ("re-integration", "en", "reintegration, re-integration, re integration",
             ["reintegration", "re-integration", "re integration"]),
            ("cooperation", "en", "co-operation", ["co-operation"]),
            ("operation", "en", "co-operation", ["operation"]),
            ("shelter -women", "en", "A shelter for women", ["shelter"]),
            ('shelter -"for women"', "en", "A shelter for women", ["shelter"]),
            ("body:shelter title:women", "en", "A shelter for women", ["shelter"]),
            ("2011/36/EU", "en", "Directive 2011/36/EU", ["2011", "36", "EU"]),
            ("приют", "ru", "Приют для женщин", ["Приют"]),
            ("trata", "es", "trata y tratamiento", ["trata"]),
            ("M&A", "en", "M&A <b>m</b>", ["M", "A", "m"]),
            ("shelter", "en", "", []),
            ("-shelter", "en", "a shelter", []),
            ("", "en", "a shelter", []),
        ],
    )  # fmt: skip
    def test_what_answers_the_query_is_marked(self, query: str, language: str, text: str, marked: list[str]) -> None:
        assert marks(query, text, language) == marked
        assert marker(query).matches(text, language) == bool(marked)

    def test_what_the_thesaurus_added_is_marked_in_its_language(self) -> None:
        added = (
            Alternative(Phrase(("traite", "des", "etres", "humains")), language="fr", weight=0.6),
            Alternative(Word("menschenhandel"), language="de", weight=0.6),
        )
        query = Query(parts=(Expanded((Word("human"), Word("trafficking")), added, "trafficking"), Word("shelter")))
        one = Marker(query, LANGUAGES)
        assert one.excerpt("La traite des êtres humains", "fr") == "La <mark>traite des êtres humains</mark>"
        assert one.excerpt("Menschenhandel im Shelter", "de") == "<mark>Menschenhandel</mark> im <mark>Shelter</mark>"
        assert one.excerpt("Human beings", "en") == "<mark>Human</mark> beings"
        assert one.parts_in("Menschenhandel im Shelter", "de") == 3
        assert one.parts_in("human shelter", "de") == 2
        assert one.parts_in("Morning", "de") == 0

    def test_a_relaxed_query_is_marked_alike(self) -> None:
        query = relaxed(parse("shelter women", languages=LANGUAGES))
        assert Marker(query, LANGUAGES).excerpt("A shelter", "en") == "A <mark>shelter</mark>"

    def test_titles_are_marked_whole_and_have_fields_of_their_own(self) -> None:
        one = marker("title:women body:shelter names:refuge")
        title = "Women <shelter> refuge " + FILLER * 10
        assert one.title(title, "en").startswith("<mark>Women</mark> &lt;shelter&gt; <mark>refuge</mark> Morning")
        assert one.title(title, "en").endswith(FILLER)
        assert one.matches("shelter", "en")
        assert not one.matches("shelter", "en", is_title=True)
        assert one.parts_in("women refuge", "en", is_title=True) == 2


class TestExcerpts:
    def test_it_shows_where_most_of_the_query_stands_closest_together(self) -> None:
        places = ["A shelter. ", f"A shelter {FILLER} for women. ", "Shelters for women. ", "women"]
        text = (FILLER * 10).join(places)
        excerpt = marker("shelter women").excerpt(text, "en")
        assert "<mark>shelter</mark>" in excerpt
        assert "<mark>women</mark>" in excerpt
        assert excerpt.startswith("… ")
        assert excerpt.endswith(" …")
        near = marker("shelter women").excerpt(text.replace("A shelter Morning", "A house Morning"), "en")
        assert "<mark>Shelters</mark> for <mark>women</mark>" in near

    def test_of_several_places_in_reach_the_closest_is_in_the_middle(self) -> None:
        text = f"{FILLER * 3}shelter {FILLER}shelter for women {FILLER * 9}"
        assert "<mark>shelter</mark> for <mark>women</mark>" in marker("shelter women").excerpt(text, "en", length=60)

    def test_without_marks_it_is_the_beginning(self) -> None:
        excerpt = marker("shelter").excerpt(FILLER * 10, "en", length=30)
        assert excerpt == "Morning light falls slowly …"

    def test_a_short_text_is_shown_whole(self) -> None:
        assert marker("shelter").excerpt("A shelter & more", "en") == "A <mark>shelter</mark> &amp; more"

    def test_it_is_cut_at_words(self) -> None:
        excerpt = marker("shelter").excerpt(f"{FILLER * 20}shelter {FILLER * 20}", "en", length=100)
        shown = html.unescape(re.sub("</?mark>", "", excerpt)).removeprefix("… ").removesuffix(" …")
        assert 80 <= len(shown) <= 100
        assert f" {shown} " in FILLER * 20 + "shelter " + FILLER * 20

    def test_at_the_end_of_a_text_the_room_is_used(self) -> None:
        excerpt = marker("shelter").excerpt(f"{FILLER * 20}shelter", "en", length=100)
        assert excerpt.endswith("<mark>shelter</mark>")
        assert 80 <= len(re.sub("</?mark>", "", excerpt)) <= 102

    def test_markup_and_entities_stay_text(self) -> None:
        excerpt = marker("script mark").excerpt("<script>x('y')</script> &amp; <mark>", "en")
        assert excerpt == (
            "&lt;<mark>script</mark>&gt;x(&#x27;y&#x27;)&lt;/<mark>script</mark>&gt; "
            "&amp;amp; &lt;<mark>mark</mark>&gt;"
        )

    def test_a_word_longer_than_the_excerpt_is_cut(self) -> None:
        excerpt = marker("a*").excerpt("x " * 500 + "ab" * 5000 + " end", "en")
        assert len(excerpt) < 300
        assert marker("ab*").excerpt("x " * 500 + "ab" * 5000, "en").count("<mark>") == 1

    def test_a_place_far_behind_is_found(self) -> None:
        assert "<mark>shelter</mark>" in marker("shelter").excerpt(FILLER * 3000 + "shelter " + FILLER * 300, "en")
        both = marker("morning shelter").excerpt(FILLER * 390 + "shelter " + FILLER * 300, "en")
        assert "<mark>shelter</mark>" in both
        assert "<mark>Morning</mark>" in both


PIECES = st.sampled_from(
    [*("shelter", "Shelters", "women", "<mark>", "</mark>", "&amp;", "<", "'", "re-integration", "reintegration"),
     *(" ", " ", " ", "\n", "-", "ß", "œuvre", "e\u0301", "\u00ad", "\ud800", "İ", "ﬁ", "x" * 30, "женщин", "house")]
)  # fmt: skip
PLAIN = st.one_of(st.lists(PIECES, max_size=80).map("".join), st.text(max_size=300))
QUERIES = st.sampled_from(
    [
        "shelter women",
        '"shelter women"',
        "she* -women",
        "reintegration OR oeuvre",
        "re-integration",
        "mark amp",
        "женщин*",
        "x*",
    ]
)


@given(PLAIN, QUERIES, st.sampled_from(LANGUAGES), st.integers(min_value=10, max_value=300))
def test_an_excerpt_is_a_piece_of_the_text_with_marks_only(text: str, query: str, language: str, length: int) -> None:
    excerpt = marker(query).excerpt(text, language, length=length)
    assert set(re.findall("<[^>]*>", excerpt)) <= {"<mark>", "</mark>"}
    assert excerpt.count("<mark>") == excerpt.count("</mark>")
    shown = html.unescape(re.sub("</?mark>", "", excerpt))
    if shown not in text:
        assert shown.startswith("… ") or shown.endswith(" …")
        shown = shown.removeprefix("… ").removesuffix(" …")
    assert shown in text
    assert len(shown) <= length
    assert bool(marker(query).matches(text, language)) == ("<mark>" in excerpt)


@given(PLAIN, QUERIES)
def test_a_title_is_the_text_with_marks(text: str, query: str) -> None:
    assert html.unescape(re.sub("</?mark>", "", marker(query).title(text, "en"))) == text
