"""Plain pages: what they refuse, what a reader sees, what it costs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from platform_site.home import menu
from platform_site.home.models import PlainPage
from platform_site.home.selectors import overview_of_category
from tests.costs import queries
from tests.factories import home_page, make_draft_page, make_organisation, make_page
from tests.home.test_aliases import LANGUAGES, translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "category_overview"}, "category"),
        ({"kind": "about", "category": "A"}, "category"),
        ({"intro": "{{figure:wolves}}"}, "intro"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"body": [("text", "{{figure:wolves}}")]}, "body"),
    ],
)
def test_what_a_page_refuses(values: dict[str, Any], field: str) -> None:
    page = make_draft_page()
    for name, value in values.items():
        setattr(page, name, value)
    if field == "body":
        with pytest.raises(ValidationError):
            page.body.stream_block.clean(page.body)
        return
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert field in refusal.value.message_dict


def test_a_reader_sees_the_text_and_where_it_is_from(client: Client) -> None:
    make_organisation()
    make_page(
        "How we work",
        slug="work",
        kind="method",
        intro="In a few words: {{figure:organisations}} organisation.",
        text="The text.",
        source="The secretariat",
        source_url="https://example.org/source",
        checked_on=datetime.date(2026, 11, 1),
    )
    page = client.get("/en/work/").content.decode()
    for words in (
        "<h1>How we work</h1>",
        "In a few words: 1 organisation.",
        "The text.",
        "The secretariat",
        "1 November 2026",
    ):
        assert words in page
    assert 'href="https://example.org/source"' in page
    assert '<meta name="description" content="In a few words' in page


def test_headings_have_anchors_of_their_own_and_long_pages_contents(client: Client) -> None:
    page = make_page(slug="long")
    page.body = [("heading", {"text": text, "level": "2"}) for text in ("Ages", "Ages", "Main", "???")]
    page.save_revision().publish()
    response = client.get("/en/long/")
    assert [anchor for anchor, _text in response.context["contents"]] == ["ages", "ages-2", "main-2", "section"]
    body = response.content.decode()
    assert all(body.count(f'id="{anchor}"') == 1 for anchor in ("ages", "ages-2", "main-2", "main", "section"))


def test_pages_below_are_listed_and_the_way_back_is_shown(client: Client) -> None:
    parent = make_page("Parent", slug="parent")
    make_page("Child", slug="child", parent=parent)
    make_draft_page("Hidden", parent=parent)
    assert "/fr/parent/child/" in client.get("/fr/parent/").content.decode()
    assert "Hidden" not in client.get("/fr/parent/").content.decode()
    crumbs = client.get("/fr/parent/child/").context["breadcrumbs"]
    assert crumbs == [("Parent", "/fr/parent/"), ("Child", None)]


def test_twins_are_named_in_the_head(client: Client) -> None:
    page = make_page("About", slug="about")
    translate(page, "de", "Über uns")
    french = client.get("/fr/about/").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/about/">' in french
    assert 'hreflang="de" href="http://testserver/de/about/"' in french
    assert 'rel="alternate" hreflang="fr"' not in french
    assert "canonical" not in client.get("/de/about/").content.decode()


def test_no_page_is_missing_in_any_language(client: Client) -> None:
    parent = make_page(slug="one")
    make_page(slug="two", parent=parent)
    translate(make_page(slug="three", language="es"), "it", "Tre")
    answers = {
        (page.url_path, client.get(page.get_url()).status_code)
        for page in PlainPage.objects.live()
        if page.locale.language_code in LANGUAGES
    }
    assert len(answers) == 15
    assert {status for _path, status in answers} == {200}


def test_an_address_that_does_not_exist_is_not_found_in_any_language(client: Client) -> None:
    for language in LANGUAGES:
        assert client.get(f"/{language}/nothing/here/").status_code == 404
    assert client.get("/en/about", follow=True).status_code == 404


def test_a_page_costs_few_queries_however_much_is_round_it(client: Client) -> None:
    parent = make_page(slug="parent")
    make_page(slug="child", parent=parent)
    before = queries(client, "/de/parent/"), queries(client, "/de/parent/child/")
    for _number in range(5):
        make_page(parent=parent)
    after = queries(client, "/de/parent/"), queries(client, "/de/parent/child/")
    assert before == after
    assert max(after) <= 10


# --- found by their kind ----------------------------------------------------------------------------------------
def test_the_footer_leads_to_the_pages_that_there_are(client: Client) -> None:
    assert "/en/about/" not in client.get("/en/").content.decode()
    page = make_page("About us", slug="about", kind="about")
    assert 'href="/de/about/"' in client.get("/de/").content.decode()
    page.unpublish()
    assert "/de/about/" not in client.get("/de/").content.decode()


def test_the_footer_is_read_once_for_many_pages() -> None:
    menu.forget()
    list(menu.page_links("platform", "/en/"))
    with CaptureQueriesContext(connection) as captured:
        for _page in range(3):
            list(menu.page_links("platform", "/en/"))
    assert len(captured) == 0


def test_the_footer_does_without_the_database(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import DatabaseError

    def broken() -> dict[str, str]:
        raise DatabaseError

    menu.forget()
    monkeypatch.setattr(menu, "_read", broken)
    assert list(menu.page_links("platform", "/en/")) == []
    assert "could not be read" in caplog.text


def reader(language: str) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get(f"/{language}/practices/categories/a/")
    request.user = AnonymousUser()
    return request


def test_a_category_finds_its_overview_in_the_readers_language() -> None:
    page = make_page("Category A", slug="category-a", kind="category_overview", category="A", text="What they share.")
    translate(page, "de", "Kategorie A")
    with translation.override("de"):
        german = overview_of_category("A", reader("de"))
    with translation.override("fr"):
        french = overview_of_category("A", reader("fr"))
    assert german
    assert french
    assert (german.language, french.language) == ("", "en")
    assert "What they share." in french.body
    assert overview_of_category("B", reader("fr")) is None


def test_a_category_has_one_page_and_the_overview_leads_there(client: Client) -> None:
    page = make_page(
        "Category A", slug="overview-a", kind="category_overview", category="A", text="Shared.", source="The handbook"
    )
    for language in LANGUAGES:
        answer = client.get(f"/{language}/overview-a/")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/{language}/practices/categories/a/")
    shown = client.get("/en/practices/categories/a/").content.decode()
    assert "Shared." in shown
    assert "The handbook" in shown
    assert "/overview-a/" not in shown
    assert "Shared." in client.get("/fr/practices/categories/a/").content.decode()
    site_map = client.get("/sitemap-pages.xml").content.decode() + client.get("/sitemap-lists.xml").content.decode()
    assert "/en/practices/categories/a/" in site_map
    assert "/overview-a/" not in site_map
    # A draft is looked at as a page of its own.
    assert "Shared." in page.make_preview_request().rendered_content


def test_a_second_overview_of_a_category_keeps_its_own_page(client: Client) -> None:
    for slug in ("first", "second"):
        make_page(slug.capitalize(), slug=slug, kind="category_overview", category="A", text=f"The {slug} text.")
    assert client.get("/en/first/").status_code == 301
    assert "The second text." in client.get("/en/second/").content.decode()
    assert "The first text." in client.get("/en/practices/categories/a/").content.decode()


def test_a_page_is_made_below_pages_and_a_home_page_never() -> None:
    from platform_site.home.models import HomePage

    assert PlainPage.can_create_at(home_page())
    assert not HomePage.can_create_at(home_page().get_parent())
