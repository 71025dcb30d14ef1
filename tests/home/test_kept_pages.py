"""Kept pages: the same answer as a new one, for visitors alone, and only until something is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from directory.models import ErrorReport, Organisation
from platform_site.home import kept_pages as module
from platform_site.home.kept_pages import KeptPage, KeptPages, kept_pages
from platform_site.records.services import publish_record
from platform_site.vocabulary import changes
from tests.factories import build_organisation, make_organisation, make_page, make_user

# What is written is announced when it is committed.
pytestmark = pytest.mark.django_db(transaction=True)
ClientFor = Callable[[str], Client]


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> Iterator[None]:
    settings.KEEP_PAGES = True
    kept_pages.clear()
    yield
    kept_pages.clear()


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "path", ["", "directory/", "directory/?country=IT&format=json", "directory/house/", "about-us/"]
)
def test_the_second_visitor_gets_the_same_for_one_query(client: Client, path: str) -> None:
    make_organisation(name="House", slug="house")
    make_page("About us", slug="about-us")
    first = client.get(f"/en/{path}")
    second = client.get(f"/en/{path}")
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert cost(client, f"/en/{path}") == 1


WRITES: dict[str, Callable[[], Any]] = {
    "published": lambda: make_organisation(name="Another"),
    "changed past the services": lambda: Organisation.objects.update(audience="members"),
    "many at once": lambda: ErrorReport.objects.bulk_create([ErrorReport(record_reference="x", message="y")]),
    "deleted": lambda: Organisation.objects.all().delete(),
    "a page": lambda: make_page("Other"),
    "a restriction": lambda: PageViewRestriction.objects.create(page=make_page("Closed"), restriction_type="login"),
    "words of the database itself": lambda: connection.cursor().execute("UPDATE directory_organisation SET name = 'B'"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_after_any_write_the_page_is_drawn_anew(
    client: Client, write: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_organisation(name="Alba", slug="alba")
    client.get("/en/directory/")
    assert cost(client, "/en/directory/") == 1
    drawn: list[Any] = []
    put = module.kept_pages.put
    monkeypatch.setattr(module.kept_pages, "put", lambda *page: (drawn.append(page), put(*page)))
    write()
    client.get("/en/directory/")
    client.get("/en/directory/")
    assert len(drawn) == 1


def test_what_was_closed_is_gone_at_once(client: Client) -> None:
    page = make_page("Inside", slug="inside")
    organisation = make_organisation(name="Alba", slug="alba")
    for path in ("/en/inside/", "/en/directory/alba/"):
        assert client.get(path).status_code == 200
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    organisation.audience = "members"
    publish_record(record=organisation)
    assert client.get("/en/inside/").status_code in {302, 404}
    assert client.get("/en/directory/alba/").status_code == 404
    assert "Alba" not in client.get("/en/directory/").content.decode()


def test_a_sign_in_and_a_session_change_nothing(client: Client, client_for: ClientFor) -> None:
    member, user = client_for("member"), make_user("editor")
    client.get("/en/")
    session = member.session
    session["x"] = 1
    session.save()
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    assert cost(client, "/en/") == 1


def test_who_is_signed_in_gets_and_leaves_nothing_kept(client: Client, client_for: ClientFor) -> None:
    publish_record(record=build_organisation(name="For members", slug="inside", audience="members"))
    member = client_for("member")
    assert "For members" in member.get("/en/directory/").content.decode()
    assert "For members" not in client.get("/en/directory/").content.decode()
    assert "For members" in member.get("/en/directory/").content.decode()
    assert member.get("/en/directory/inside/").status_code == 200
    assert client.get("/en/directory/inside/").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "cookies"),
    [
        ("post", "/en/directory/", {}),
        ("head", "/en/directory/", {}),
        ("get", "/en/nothing/", {}),
        ("get", "/en/accounts/login/", {}),
        ("get", "/en/directory/alba/report/", {}),
        ("get", "/en/directory/", {"csrftoken": "x" * 32}),
        ("get", "/en/directory/", {"sessionid": "forged"}),
        ("get", "/en/leave/", {}),
        ("get", "/health/", {}),
        ("get", "/sitemap.xml", {}),
        ("get", "/admin/", {}),
        ("get", "/en/directory/?q=" + "x" * 3000, {}),
    ],
)
def test_what_is_not_kept(
    client: Client, method: str, path: str, cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_organisation(name="Alba", slug="alba")
    kept = []
    monkeypatch.setattr(module.kept_pages, "put", lambda *page: kept.append(page))
    client.cookies.load(cookies)
    getattr(client, method)(path)
    assert kept == []


def test_a_form_has_a_token_for_each_visitor() -> None:
    make_organisation(name="Alba", slug="alba")
    tokens = {Client().get("/en/directory/alba/report/").cookies["csrftoken"].value for _visitor in range(2)}
    assert len(tokens) == 2


def test_each_language_host_and_state_has_its_page(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    for path in ("/en/directory/", "/de/directory/", "/en/directory/?country=IT"):
        client.get(path)
    assert 'lang="de"' in client.get("/de/directory/").content.decode()
    assert "other.example.org" in client.get("/en/directory/", headers={"host": "other.example.org"}).content.decode()
    assert "other.example.org" not in client.get("/en/directory/").content.decode()
    assert client.get("/en/directory/", headers={"host": "evil.example.org"}).status_code == 400


def test_a_new_day_is_a_new_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/en/")
    assert cost(client, "/en/") == 1
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(module, "localdate", lambda: tomorrow)
    assert cost(client, "/en/") > 1


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 400))))
def test_there_are_never_more_bytes_than_allowed(asked: list[tuple[int, int]]) -> None:
    pages, token = KeptPages(most_bytes=1000), ("a", "b")
    for number, size in asked:
        key = (str(number),)
        found = pages.get(token, key)
        pages.put(token, key, KeptPage(b"x" * size, ()))
        assert found is None or pages.get(token, key) == found
        assert sum(len(page.body) for page in pages._pages.values()) == pages._bytes <= 1000
    assert pages.get(("c", "d"), ("0",)) is None
    assert pages._bytes == 0


def test_a_page_of_a_state_that_is_past_is_not_kept() -> None:
    pages, page = KeptPages(), KeptPage(b"old", ())
    assert pages.get(("1", "d"), ("a",)) is None
    assert pages.get(("2", "d"), ("a",)) is None
    pages.put(("1", "d"), ("a",), page)
    assert pages.get(("1", "d"), ("a",)) is None


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "directory_organisation" ("name") VALUES (%s)', "directory_organisation"),
        ("  update library_document set name = 1", "library_document"),
        ('DELETE FROM "wagtailcore_page" WHERE id = 1', "wagtailcore_page"),
        ('UPDATE "django_session" SET x = 1', None),
        ('INSERT INTO "vocabulary_dataversion" VALUES (1)', None),
        ('SELECT "update" FROM "directory_organisation"', None),
        ("SAVEPOINT x", None),
    ],
)
def test_a_write_is_told_from_a_read(sql: str, table: str | None) -> None:
    assert changes.table_written(sql) == table
