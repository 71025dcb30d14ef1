"""Guides and chapters as readers get them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from library.guides import epub
from library.guides.blocks import GuideBodyBlock
from library.models import ChapterPage, GuideListPage, GuidePage
from tests.costs import costs
from tests.factories import make_user
from tests.library.guiding import make_chapter, make_guide, translate
from tests.library.making import make_document
from tests.pages import words

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def page(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def test_a_guide_names_its_chapters_its_edition_and_what_changed(client: Client) -> None:
    make_guide(
        "Return",
        slug="return",
        subtitle="Step by step",
        authors="Ida Blom; Jan Vos",
        author_organisation="Casa Lanterna",
        year="2024",
        changes=[(dt.date(2025, 3, 1), "A new chapter."), (dt.date(2026, 5, 2), "New addresses.")],
    )
    shown = page(client, "/en/guides/return/")
    assert [words(row) for row in shown.select(".chapter-rows h3")] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    dateline = words(shown.select_one(".dateline"))
    assert "Authors Ida Blom; Jan Vos, Casa Lanterna" in dateline
    assert "2 May 2026" in dateline
    assert [words(row) for row in shown.select(".guide-changes dd")] == ["New addresses.", "A new chapter."]
    listed = page(client, "/en/guides/")
    assert "Ida Blom; Jan Vos, Casa Lanterna · 2024 · 3 chapters" in words(listed.select_one(".guide-line"))


def test_a_chapter_knows_its_neighbours_and_how_far_the_reader_is(client: Client) -> None:
    make_guide(slug="g")
    shown = page(client, "/en/guides/g/chapter-2/")
    progress = shown.select_one("progress")
    assert (progress["value"], progress["max"]) == ("2", "3")
    assert "Chapter 2 of 3" in words(shown.select_one(".chapters-progress"))
    assert shown.select_one(".chapters [aria-current]").get_text() == "Chapter 2"
    assert [link["href"] for link in shown.select(".guide-turn a")] == [
        "/en/guides/g/chapter-1/",
        "/en/guides/g/chapter-3/",
    ]
    assert "Reading time 1 minute" in words(shown.select_one(".dateline"))
    first = page(client, "/en/guides/g/chapter-1/")
    assert first.select_one(".guide-turn a")["href"] == "/en/guides/g/"
    assert len(page(client, "/en/guides/g/chapter-3/").select(".guide-turn a")) == 1


def test_each_chapter_falls_back_to_its_original_one_by_one(client: Client) -> None:
    guide = make_guide("Return", slug="return")
    first = ChapterPage.objects.get(slug="chapter-1", locale__language_code="en")
    translate(guide, "fr", "Retour")
    translate(first, "fr", "Premier chapitre", body=[("text", "Des mots.")])
    shown = page(client, "/fr/guides/return/")
    rows = [(words(row), row.get("lang")) for row in shown.select(".chapter-rows h3")]
    assert rows == [("Premier chapitre", None), ("Chapter 2", "en"), ("Chapter 3", "en")]
    assert page(client, "/fr/guides/return/chapter-1/").select_one("h1").get("lang") is None
    second = page(client, "/fr/guides/return/chapter-2/")
    assert second.select_one("h1")["lang"] == "en"
    assert second.select_one("link[rel=canonical]")["href"].endswith("/en/guides/return/chapter-2/")
    assert second.select_one(".chapters-title").get_text(strip=True) == "Retour"
    whole = page(client, "/fr/guides/return/print/")
    assert [part.get("lang") for part in whole.select(".guide-part")] == [None, "en", "en"]


def test_a_translated_chapter_has_the_place_of_its_original(client: Client) -> None:
    guide = make_guide(slug="g", chapters=2)
    one, two = (ChapterPage.objects.get(slug=f"chapter-{n}", locale__language_code="en") for n in (1, 2))
    translate(one, "de", "Erstes")
    two.move(one, pos="left")
    make_chapter(guide, number="3", title="Chapter 3", slug="chapter-3")
    for language, first in (("en", "Chapter 1"), ("de", "Erstes")):
        shown = page(client, f"/{language}/guides/g/")
        assert [words(row) for row in shown.select(".chapter-rows h3")] == ["Chapter 2", first, "Chapter 3"]


def test_anchors_are_the_same_in_each_language_and_after_a_new_heading(client: Client) -> None:
    guide = make_guide(slug="g", chapters=1)
    chapter = ChapterPage.objects.get(slug="chapter-1", locale__language_code="en")
    french = translate(chapter, "fr", "Un")
    french.body[1].value["text"] = "Premiers pas"
    french.save_revision().publish()
    assert page(client, "/fr/guides/g/chapter-1/").select_one("#first-steps").get_text() == "Premiers pas"
    chapter.body[1].value["text"] = "How to begin"
    chapter.save_revision().publish()
    assert page(client, "/en/guides/g/chapter-1/").select_one("#first-steps").get_text() == "How to begin"
    assert guide.live


def test_the_whole_guide_on_one_page_has_every_word_and_no_id_twice(client: Client) -> None:
    make_guide(slug="g")
    shown = page(client, "/en/guides/g/print/")
    ids = [element["id"] for element in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {"chapter-1-first-steps", "note-chapter-2-1"} <= set(ids)
    targets = [link["href"][1:] for link in shown.select('main a[href^="#"]')]
    assert set(targets) <= set(ids)
    assert words(shown.select_one("article")).count("Words of the chapter.") == 3
    assert len(shown.select("h1")) == 1
    assert shown.select_one('meta[name="robots"]')["content"] == "noindex"


def test_documents_of_the_library_are_shown_to_those_who_may_read_them(client: Client, client_for: Any) -> None:
    guide = make_guide(slug="g", chapters=0)
    documents = [make_document(name="For all"), make_document(name="For members", audience="members")]
    make_chapter(guide, title="Papers", slug="papers", body=[("documents", {"title": "", "documents": documents})])
    for reader, titles in ((client, ["For all"]), (client_for("member"), ["For all", "For members"])):
        shown = page(reader, "/en/guides/g/papers/")
        assert [link.get_text() for link in shown.select(".link-list a")] == titles


def test_a_document_stands_once_in_a_block() -> None:
    document, block = make_document(), GuideBodyBlock()
    once, twice = (
        block.to_python([{"type": "documents", "value": {"title": "", "documents": [document.pk] * times}}])
        for times in (1, 2)
    )
    assert block.clean(once)[0].value["documents"][0] == document
    with pytest.raises(ValidationError):
        block.clean(twice)


# --- who may read -----------------------------------------------------------------------------------------------
def restrict(page: Any) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="Members"))


@pytest.mark.parametrize("ending", ["", "chapter-1/", "print/", "guide.epub", "citation.ris", "chapter-1/citation.txt"])
def test_what_is_for_others_answers_like_what_does_not_exist(client: Client, client_for: Any, ending: str) -> None:
    guide = make_guide(slug="inside")
    restrict(guide)
    assert "inside" not in client.get("/en/guides/").content.decode()
    assert client.get(f"/en/guides/inside/{ending}").status_code == 404
    assert client.get(f"/de/guides/inside/{ending}").status_code == 404
    assert client.get(f"/en/guides/missing/{ending}").status_code == 404
    member = client_for("member")
    assert member.get(f"/en/guides/inside/{ending}").status_code == 200
    assert "inside" in member.get("/en/guides/").content.decode()


def test_a_chapter_for_some_is_named_to_nobody_else(client: Client, client_for: Any) -> None:
    make_guide(slug="g")
    restrict(ChapterPage.objects.get(slug="chapter-2", locale__language_code="en"))
    for address in ("/en/guides/g/", "/en/guides/g/chapter-1/", "/en/guides/g/print/", "/fr/guides/g/print/"):
        assert "Chapter 2" not in client.get(address).content.decode(), address
        assert "Chapter 2" in client_for("member").get(address).content.decode()
    assert client.get("/en/guides/g/chapter-2/citation.ris").status_code == 404
    assert client.get("/en/guides/g/chapter-2/").status_code == 404
    assert client_for("member").get("/en/guides/g/chapter-2/").status_code == 200


def test_what_is_taken_off_the_site_is_gone_everywhere(client: Client) -> None:
    guide = make_guide(slug="g")
    assert client.get("/en/guides/g/print/").status_code == 200
    GuidePage.objects.get(pk=guide.pk).unpublish()
    for address in ("g/", "g/print/", "g/guide.epub", "g/citation.ris"):
        assert client.get(f"/en/guides/{address}").status_code == 404
    assert "g/" not in [link["href"] for link in page(client, "/en/guides/").select(".guide-line a")]


def test_the_list_cannot_be_taken_away() -> None:
    section = GuideListPage.objects.get(locale__language_code="en")
    rights = section.permissions_for_user(make_user("administrator"))
    assert rights.can_edit()
    assert not any((rights.can_delete(), rights.can_move(), rights.can_unpublish(), rights.can_copy()))


@pytest.mark.parametrize("slug", ["print"])
def test_an_address_that_the_guide_needs_is_no_slug_of_a_chapter(slug: str) -> None:
    guide = make_guide(slug="g", chapters=0)
    chapter = ChapterPage(title="Print", slug=slug, live=False)
    assert chapter.slug_problem(slug, guide)
    assert chapter.slug_problem("printing", guide) is None


# --- addresses --------------------------------------------------------------------------------------------------
def test_a_new_address_leaves_a_redirect_in_every_language(client: Client, django_capture_on_commit_callbacks) -> None:
    guide = make_guide(slug="old")
    with django_capture_on_commit_callbacks(execute=True):
        guide.slug = "new"
        guide.save_revision().publish()
    for language in ("en", "fr"):
        for rest in ("", "chapter-1/"):
            assert client.get(f"/{language}/guides/new/{rest}").status_code == 200
            answer = client.get(f"/{language}/guides/old/{rest}")
            assert (answer.status_code, answer.headers.get("Location")) == (301, f"/{language}/guides/new/{rest}")
    assert Redirect.objects.exists()


# --- cost -------------------------------------------------------------------------------------------------------
def test_pages_cost_the_same_whatever_the_number_of_chapters(client: Client) -> None:
    guide = make_guide(slug="g", chapters=2, source_document=make_document())
    documents = {"title": "", "documents": [make_document()]}
    make_chapter(guide, title="Papers", slug="papers", body=[("documents", documents)])
    pages = [f"/en/guides/{rest}" for rest in ("", "g/", "g/chapter-1/", "g/papers/")]
    before = costs(client, pages)
    assert max(before.values()) <= MOST_QUERIES
    for number in range(3, 8):
        make_chapter(guide, number=str(number), title=f"Chapter {number}", slug=f"chapter-{number}")
    make_guide(chapters=1)
    assert costs(client, pages) == before


def test_without_the_library_for_epub_there_is_no_link(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_guide(slug="g")
    assert "guide.epub" in client.get("/en/guides/g/").content.decode()
    monkeypatch.setattr(epub, "find_spec", lambda name: None)
    assert "guide.epub" not in client.get("/en/guides/g/").content.decode()
    assert client.get("/en/guides/g/guide.epub").status_code == 404


def test_reading_time_comes_from_the_words(client: Client) -> None:
    guide = make_guide(slug="g", chapters=0)
    make_chapter(guide, title="Long", slug="long", body=[("text", "word " * 401)])
    assert "3 minutes" in words(page(client, "/en/guides/g/").select_one(".chapter-rows"))
    assert re.search(r"3 minutes to read", words(page(client, "/en/guides/g/")))
