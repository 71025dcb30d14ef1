"""What is indexed of the library: documents with their places, instruments, bodies, guides and chapters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from library.models import FileSection, GuidePage, InstrumentParty, StoredFile
from library.uploads import read_again
from platform_site.vocabulary.store import term_id, vocabulary
from search.registration import sources
from tests.library.guiding import make_chapter, make_guide, translate
from tests.library.making import make_document, make_pdf, text_file
from tests.search.indexed import documents_of, words_of_document

pytestmark = pytest.mark.django_db


def test_a_document_has_its_facts_as_names_and_facets() -> None:
    document = make_document(
        name="Handbuch für alle",
        language="de",
        languages=["de", "fr"],
        issuer="A ministry",
        authors="A. Writer; B. Writer",
        summary="Was darin steht.",
        translations={"en": {"title": "A handbook for all", "summary": "What it says."}},
        instruments=[("coe_convention_trafficking", "art. 13", "recovery and reflection period", "en")],
        topics=["identification"],
        countries=["AT"],
        monitoring_bodies=["greta"],
        published_on="2019-05",
        level="national",
    )
    (found,) = documents_of("document", document.pk)
    assert found.original == "de"
    assert found.languages == ("de", "en")
    assert found.texts["de"].title == "Handbuch für alle"
    assert found.texts["en"].title == "A handbook for all"
    assert found.texts["en"].summary == "What it says."
    for word in ("A ministry", "B. Writer", "GRETA", "Österreich"):
        assert word in found.texts["de"].names
    assert "recovery and reflection period" in found.texts["en"].names
    assert "art. 13" in found.texts["en"].names
    assert found.facets["language"] == ("de", "fr", "en")
    assert found.facets["instrument"] == ("coe_convention_trafficking",)
    assert found.facets["body"] == ("greta",)
    assert found.facets["year"] == ("2019",)
    assert found.date == dt.date(2019, 5, 1)
    assert found.facets["document_type"][0] == "handbook"
    assert "identification" in found.facets["topic"]


def test_the_places_of_files_lead_to_where_they_are_read(client: Client) -> None:
    document = make_document(
        files=[
            ("de", "seiten.pdf", make_pdf(["Erste Seite.", "Zweite Seite."])),
            text_file(words="# Beginning\n\nThe first words.\n\n# End\n\nThe last words.\n"),
        ],
        summary="",
    )
    (found,) = documents_of("document", document.pk)
    assert [(place.number, place.label, place.language) for place in found.passages] == [
        (1, "S.\N{NO-BREAK SPACE}1", "de"),
        (2, "S.\N{NO-BREAK SPACE}2", "de"),
        (3, "Beginning", "en"),
        (4, "End", "en"),
    ]
    assert "Zweite Seite." in found.passages[1].text
    assert found.passages[3].text.startswith("End\n")
    for place in found.passages:
        path, _sign, anchor = place.path.partition("#")
        page = client.get(f"/en/{path}").content.decode()
        assert f'id="{anchor}"' in page
    # What places hold is in no other text: it would count twice.
    assert "Zweite Seite" not in "".join(text.body for text in found.texts.values())


def test_places_of_several_documents_stay_apart() -> None:
    one = make_document(files=[text_file(words="# One\n\nFirst.\n")])
    bare = make_document()
    two = make_document(files=[text_file(words="# Two\n\nSecond.\n"), ("fr", "copie.txt", b"# Trois\n\nTiers.\n")])
    found = {
        document.pk: [place.label for place in document.passages]
        for document in documents_of("document", two.pk, bare.pk, one.pk)
    }
    assert found == {one.pk: ["One"], bare.pk: [], two.pk: ["Two", "Trois"]}


def test_a_file_that_is_read_again_leads_to_its_documents() -> None:
    document = make_document(files=[text_file()])
    stored = StoredFile.objects.get(document_files__document=document)
    FileSection.objects.filter(stored=stored).update(text="Gone.")
    read_again(stored)
    assert list(sources()["document"].follows[StoredFile](stored)) == [document.pk]
    (found,) = documents_of("document", document.pk)
    assert all("Gone." not in place.text for place in found.passages)


def test_an_instrument_is_found_with_its_articles_and_parties() -> None:
    entry = vocabulary("legal_instruments")["coe_convention_trafficking"]
    party = InstrumentParty.objects.create(
        instrument_id=entry.id,
        country_id=term_id("countries", "RO"),
        source_url="https://example.org/",
        checked_on=dt.date(2025, 1, 1),
    )
    assert entry.id in list(sources()["instrument"].published() or ())  # type: ignore[misc]
    (found,) = documents_of("instrument", entry.id)
    assert found.key == "instrument:coe_convention_trafficking"
    assert found.rule == "public"
    assert found.facets["country"] == ("RO",)
    assert found.facets["year"] == ("2005",)
    assert found.texts["de"].title == entry.labels["de"]
    labels = {(place.label, place.language) for place in found.passages}
    assert ("art. 13", "en") in labels
    assert ("Art. 13", "de") in labels
    assert found.passages[0].path.startswith("legal-instruments/coe_convention_trafficking/#article-")
    assert resolve(f"/en/{found.path}").view_name == "library:legal_instrument"
    assert list(sources()["instrument"].follows[InstrumentParty](party)) == [entry.id]


def test_a_body_is_found_by_acronym_and_instrument_and_a_term_of_another_list_is_none() -> None:
    entry = vocabulary("monitoring_bodies")["greta"]
    (found,) = documents_of("body", entry.id, term_id("countries", "RO"))
    assert found.key == "body:greta"
    assert "GRETA" in found.texts["en"].names
    assert found.facets["instrument"] == ("coe_convention_trafficking",)
    assert resolve(f"/en/{found.path}").view_name == "library:monitoring_body"


def test_a_guide_and_its_chapters_are_found_in_the_languages_in_which_they_are_written(client: Client) -> None:
    guide = make_guide("How to speak up", chapters=1, subtitle="For small NGOs", authors="A. Writer", year="2012")
    chapter = guide.get_children().first().specific
    translate(chapter, "de", "Erster Schritt", body=[("text", "Worte."), ("heading", {"text": "Ziele", "level": "2"})])
    (found,) = documents_of("guide", guide.pk)
    assert found.facets["year"] == ("2012",)
    assert found.date == dt.date(2012, 1, 1)
    assert "For small NGOs" in found.texts["en"].names
    assert "A. Writer" in found.texts["en"].names
    (found,) = documents_of("chapter", chapter.pk)
    assert found.languages == ("en", "de")
    assert found.facets["language"] == ("en", "de")
    assert found.texts["de"].title == "Erster Schritt"
    assert [(place.label, place.language) for place in found.passages] == [
        ("Chapter 1", "en"),
        ("First steps", "en"),
        ("Erster Schritt", "de"),
        ("Ziele", "de"),
    ]
    # Marks of notes are no words.
    assert "[^1]" not in words_of_document(found)
    for place in found.passages:
        path, _sign, anchor = place.path.partition("#")
        page = client.get(f"/{place.language}/{path}").content.decode()
        assert not anchor or f'id="{anchor}"' in page


def test_a_chapter_whose_guide_is_off_the_site_is_left_out() -> None:
    guide = make_guide(chapters=2)
    chapters = [page.pk for page in guide.get_children()]
    assert sorted(sources()["chapter"].follows[GuidePage](guide)) == sorted(chapters)
    assert len(documents_of("chapter", *chapters)) == 2
    guide.unpublish()
    assert documents_of("chapter", *chapters) == []
    assert documents_of("guide", guide.pk) == []


def test_documents_of_a_guide_cost_no_query_for_what_they_list() -> None:
    guide = make_guide(chapters=0)
    document = make_document(name="Listed")
    block = {"title": "To read", "documents": [document]}
    link = {"label": "More here", "address": "https://example.org/", "page": None, "note": ""}
    body = [("text", "Words."), ("documents", block), ("links", {"title": "Go on", "links": [link]})]
    chapters = [make_chapter(guide, number=str(n), title=f"C {n}", slug=f"c-{n}", body=body).pk for n in range(3)]
    with CaptureQueriesContext(connection) as few:
        (first,) = documents_of("chapter", chapters[0])
    with CaptureQueriesContext(connection) as more:
        assert len(documents_of("chapter", *chapters)) == 3
    assert len(few) == len(more) <= 6
    assert "More here" in first.texts["en"].body
    assert "Listed" not in first.texts["en"].body
