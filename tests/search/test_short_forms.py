"""Abbreviations in guides: the first use of each says what it stands for, and nothing else of the text changes."""

from __future__ import annotations

import re

import lxml.html
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from search.short_forms import ShortForm, ShortForms, explained
from tests.library.guiding import make_chapter, make_guide
from tests.search.making import make_abbreviation, make_concept

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> None:
    """Two abbreviations and a concept with an acronym of its own."""
    make_abbreviation("TBX", "Tidal Box of Example & Co")
    make_abbreviation("TBX-Q", "Tidal Box, Quick")
    make_concept("beacon", ("en", "sea beacon", "pref"), ("fr", "balise de mer", "pref"), ("en", "SBQ", "acronym"))


def marked(html: str) -> list[str]:
    """Return what became a link to the glossary, as it is read."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    return [link.text_content() for link in tree.iter("a") if link.get("class") == "short-form"]


def test_the_first_use_is_a_link_and_later_ones_are_not(known: None) -> None:
    html = explained("<p>The TBX and the SBQ.</p><p>Again the TBX, SBQ.</p>", None, "en")
    assert html.startswith(
        '<p>The <a class="short-form" href="/en/glossary/abbreviations/tbx/">'
        '<abbr title="Tidal Box of Example &amp; Co">TBX</abbr>'
        '<span class="visually-hidden"> (Tidal Box of Example &amp; Co)</span></a> and the '
    )
    assert marked(html) == ["TBX (Tidal Box of Example & Co)", "SBQ (sea beacon)"]
    assert html.endswith("<p>Again the TBX, SBQ.</p>")


def test_a_concept_is_named_in_the_language_of_the_text(known: None) -> None:
    html = explained("<p>Le SBQ.</p>", None, "fr")
    assert '<span class="visually-hidden" lang="fr"> (balise de mer)</span>' in html


@pytest.mark.parametrize(
    "html",
    [
        "<h2>The TBX</h2>",
        '<p><a href="/x/">The <em>TBX</em></a></p>',
        "<p><code>TBX</code></p>",
        '<p title="TBX > SBQ">word</p>',
        "<p>tbx TBXX aTBX x@TBX.example TBX.example</p>",
        "<dl><dt>TBX</dt></dl>",
        "<!-- TBX -->",
    ],
)
def test_links_headings_code_and_other_words_stay_as_they_are(known: None, html: str) -> None:
    assert explained(html, None, "en") == html


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<h2>TBX</h2><p>TBX</p>", ["TBX (Tidal Box of Example & Co)"]),
        ('<a href="/">TBX</a> TBX', ["TBX (Tidal Box of Example & Co)"]),
        ("<p>Two TBXs.</p>", ["TBX (Tidal Box of Example & Co)"]),
        ("<p>A TBX-Q.</p>", ["TBX-Q (Tidal Box, Quick)"]),
        ("<ul><li>(TBX)</li></ul>", ["TBX (Tidal Box of Example & Co)"]),
    ],
)
def test_what_is_a_use_is_found(known: None, html: str, wanted: list[str]) -> None:
    assert marked(explained(html, None, "en")) == wanted


def test_what_only_members_may_read_is_not_explained_to_others(client_for) -> None:
    make_abbreviation("TBX", "Hidden Box", audience="members")
    make_concept("beacon", ("en", "sea beacon", "pref"), ("en", "SBQ", "acronym"), audience="members")
    assert marked(explained("<p>TBX SBQ</p>", None, "en")) == []


def test_an_acronym_that_means_two_things_explains_nothing() -> None:
    make_concept("beacon", ("en", "sea beacon", "pref"), ("en", "SBQ", "acronym", False))
    make_concept("one", ("en", "first thing", "pref"), ("en", "OTZ", "acronym"))
    make_concept("two", ("en", "other thing", "pref"), ("en", "OTZ", "acronym", False))
    assert marked(explained("<p>SBQ OTZ</p>", None, "en")) == []


def test_a_change_holds_at_the_next_drawing(known: None) -> None:
    make_abbreviation("QRZ", "Quiet Round Zone")
    assert marked(explained("<p>QRZ</p>", None, "en")) == ["QRZ (Quiet Round Zone)"]


PIECES = st.lists(
    st.sampled_from(
        ["TBX", "SBQ", " ", "<p>", "</p>", "<b>", "</b>", '<a href="x">', "</a>", "&amp;", "TBXs", "-", "é", "<br>"]
    )
)


@given(PIECES)
def test_without_what_was_put_in_the_text_is_the_same(monkeypatch_forms: None, pieces: list[str]) -> None:
    html = "".join(pieces)
    found = explained(html, None, "en")
    put_in = re.compile(
        r'<a class="short-form" href="/x/"><abbr title="Full">(.*?)</abbr><span[^>]*> \(Full\)</span></a>'
    )
    assert put_in.sub(r"\1", found) == html
    assert len(put_in.findall(found)) == len(set(put_in.findall(found)))


@pytest.fixture(scope="module")
def monkeypatch_forms() -> object:
    """Two short forms without a database: hypothesis draws many texts in one test."""
    from search import short_forms

    form = ShortForm("Full", "", "/x/")
    forms = ShortForms({"TBX": form, "SBQ": form}, re.compile(r"(?<![\w@.&-])(TBX|SBQ)(?=s?(?!\w|\.\w))"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(short_forms, "short_forms", lambda _user, _language: forms)
        yield


def test_a_chapter_and_the_whole_guide_explain_first_uses(client: Client, known: None) -> None:
    guide = make_guide()
    text = [{"type": "heading", "value": {"text": "TBX", "level": "2"}}, {"type": "text", "value": "TBX and TBX."}]
    make_chapter(guide, slug="one", title="First", body=text)
    make_chapter(guide, slug="two", title="Second", body=text)
    for address, times in (("one/", 1), ("print/", 2)):
        html = client.get(f"/en/guides/{guide.slug}/{address}").content.decode()
        assert html.count('class="short-form"') == times, address
