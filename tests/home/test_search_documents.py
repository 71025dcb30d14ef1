"""What is indexed of pages, and who may find those that are for some."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from newsletters.models import NewsListPage, NewsPage
from platform_site.accounts.principals import principals_of
from platform_site.home.models import PlainPage
from search.registration import sources
from search.rules import allows
from tests.factories import ROLES, home_page, make_draft_page, make_page, make_user
from tests.library.guiding import make_guide, translate
from tests.search.indexed import documents_of, words_of_document

pytestmark = pytest.mark.django_db


def restrict(page: Page, kind: str, *groups: Group) -> None:
    """Restrict a page."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open sesame")
    restriction.groups.set(groups)


def rule_of(page: Any, kind: str = "page") -> str | None:
    """Return the rule under which a page is found, None if it is not."""
    found = documents_of(kind, page.pk)
    return found[0].rule if found else None


def test_a_page_is_one_document_for_its_languages(client: Client) -> None:
    body = [
        ("text", "Before all, see note[^1] and {{figure:organisations}} of them."),
        ("heading", {"text": "Who we are", "level": "2"}),
        ("text", "People."),
        ("notes", {"notes": [{"mark": "1", "text": "A small note."}]}),
        ("table", {"caption": "Numbers", "rows": "Year | Calls\n2020 | 12"}),
    ]
    page = make_page("About", body=body, intro="In *short*.", slug="about-all", adopted_on=dt.date(2013, 2, 3))
    translate(page, "fr", "À propos", intro="En bref.", body=[("text", "Rien que des mots.")])
    assert sources()["page"].published is not None
    (found,) = documents_of("page", page.pk)
    assert found.path == "about-all/"
    assert found.key == f"page:{page.translation_key}"
    assert (found.type, found.pk, found.rule) == ("page", page.pk, "public")
    assert found.languages == ("en", "fr")
    assert found.texts["en"].summary == "In short."
    assert found.texts["fr"].body == "Rien que des mots."
    assert [(place.label, place.path) for place in found.passages] == [
        ("About", "about-all/"),
        ("Who we are", "about-all/#who-we-are"),
    ]
    assert "A small note." in found.passages[1].text
    assert "2020" in found.passages[1].text
    assert "figure:" not in words_of_document(found)
    assert 'id="who-we-are"' in client.get("/en/about-all/").content.decode()
    assert (found.date, found.facets["year"]) == (dt.date(2013, 2, 3), ("2013",))


def test_pages_are_known_by_the_first_of_their_group() -> None:
    page = make_page("First")
    french = translate(page, "fr", "Premier")
    source = sources()["page"]
    assert documents_of("page", french.pk) == []
    assert list(source.follows[PlainPage](french)) == sorted({page.pk, french.pk})
    assert page.pk in list(source.published())  # type: ignore[misc]
    assert french.pk not in list(source.published())  # type: ignore[misc]
    page.unpublish()
    (found,) = documents_of("page", page.pk)
    assert (found.pk, found.original, found.languages) == (page.pk, "fr", ("fr",))
    PlainPage.objects.get(pk=french.pk).unpublish()
    assert documents_of("page", page.pk) == []


def test_drafts_are_not_indexed() -> None:
    page = make_draft_page("Draft")
    live = make_page("Live", text="What was published.")
    live.body = [("text", "What nobody has read.")]
    live.save_revision()
    assert documents_of("page", page.pk) == []
    (found,) = documents_of("page", live.pk)
    assert "What was published." in words_of_document(found)
    assert "nobody" not in words_of_document(found)


def test_pages_cost_the_same_for_more_of_them() -> None:
    group = Group.objects.create(name="Some")
    pages = [make_page() for _number in range(6)]
    for page in pages:
        restrict(page, "groups", group)
    # The lists of terms are read once.
    documents_of("page", pages[0].pk)
    with CaptureQueriesContext(connection) as few:
        documents_of("page", pages[0].pk)
    with CaptureQueriesContext(connection) as more:
        assert len(documents_of("page", *(page.pk for page in pages))) == 6
    assert len(few) == len(more) <= 5


def test_a_news_item_is_sorted_by_its_day() -> None:
    parent = NewsListPage.objects.get(locale__language_code="en")
    news = NewsPage(title="Meeting", slug="meeting", intro="We met.", date=dt.date(2024, 6, 7), live=False)
    parent.add_child(instance=news)
    news.save_revision().publish()
    (found,) = documents_of("news", news.pk)
    assert (found.date, found.facets["year"], found.path) == (dt.date(2024, 6, 7), ("2024",), "news/meeting/")


# --- for some ---------------------------------------------------------------------------------------------------------
def test_restrictions_of_a_page_and_of_those_above_it_all_hold() -> None:
    group = Group.objects.create(name="Board")
    above = make_page("Above")
    page = make_page("Below", parent=above)
    assert rule_of(page) == "public"
    restrict(above, "login")
    restrict(page, "groups", group)
    assert rule_of(above) == "signed_in"
    assert rule_of(page) == f"administrator|group:{group.pk}&signed_in"


def test_a_restriction_in_one_language_holds_in_all() -> None:
    page = make_page("Everywhere")
    below = make_page("Under it", parent=page)
    alias = Page.objects.get(translation_key=page.translation_key, locale__language_code="it")
    restrict(alias, "login")
    assert rule_of(page) == rule_of(below) == "signed_in"


def test_what_has_a_password_is_not_indexed_nor_what_is_below_it() -> None:
    page = make_page("Secret")
    below = make_page("Under it", parent=page)
    restrict(page, "password")
    restrict(below, "login")
    assert rule_of(page) is None
    assert rule_of(below) is None


def test_a_chapter_is_for_whom_its_guide_is_for() -> None:
    guide = make_guide(chapters=1)
    chapter = guide.get_children().first()
    restrict(guide, "login")
    assert rule_of(guide, "guide") == rule_of(chapter, "chapter") == "signed_in"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("is_in_group", [False, True])
@pytest.mark.parametrize("kind", ["login", "groups"])
def test_a_page_is_found_by_those_who_can_open_it(client: Client, role: str, is_in_group: bool, kind: str) -> None:
    group = Group.objects.create(name="Board")
    page = make_page("For some")
    restrict(page, kind, group)
    user = None if role == "anonymous" else make_user(role)
    if user is not None:
        if is_in_group:
            user.groups.add(group)
        client.force_login(user)
    opens = client.get(f"/en/{documents_of('page', page.pk)[0].path}").status_code == 200
    assert allows(rule_of(page) or "", principals_of(user)) == opens


def test_the_home_page_is_no_document() -> None:
    assert documents_of("page", home_page().pk) == []
