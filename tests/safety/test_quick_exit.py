"""The exit without a browser: what it answers, what it writes, and when it does neither."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from platform_site.accounts.models import User

pytestmark = pytest.mark.usefixtures("small_site")

NAVIGATION = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def member(db: None, client: Client) -> User:
    user = User.objects.create_user(email="member@example.org", password="a long enough password")
    client.force_login(user)
    return user


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
def test_it_leads_to_the_neutral_page_of_the_language(client: Client, settings: Settings, language: str) -> None:
    response = client.get(f"/{language}/leave/")
    assert response.status_code == 303
    assert response.headers["Location"] == settings.QUICK_EXIT_TARGETS[language]
    assert response.headers["Location"].startswith("https://")


def test_the_headers_leave_nothing_behind(client: Client) -> None:
    headers = client.get("/en/leave/", headers=NAVIGATION).headers
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Dest": "image"}])
def test_no_cache_keeps_it_however_it_is_loaded(client: Client, headers: dict[str, str]) -> None:
    for response in (client.get("/en/leave/", headers=headers), client.head("/en/leave/", headers=headers)):
        assert "no-store" in response.headers["Cache-Control"]


def test_nothing_can_change_where_it_leads(client: Client, settings: Settings) -> None:
    for query in ("?next=https://evil.example/", "?url=//evil.example", "?to=/en/"):
        assert client.get(f"/en/leave/{query}").headers["Location"] == settings.QUICK_EXIT_TARGETS["en"]


def test_a_visitor_leaves_without_the_database(client: Client) -> None:
    """This test has no access to the database: a query fails it."""
    assert client.get("/en/leave/", headers=NAVIGATION).status_code == 303


def test_it_ends_the_session_on_the_server(client: Client, member: User, settings: Settings) -> None:
    key = client.session.session_key
    response = client.get("/en/leave/", headers=NAVIGATION)
    assert not Session.objects.filter(session_key=key).exists()
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert client.get("/en/read/").content == b"sign in"


def test_it_ends_every_other_tab_of_the_same_browser(client: Client, member: User, settings: Settings) -> None:
    other_tab = Client()
    other_tab.cookies[settings.SESSION_COOKIE_NAME] = client.session.session_key
    assert other_tab.get("/en/read/").content == b"desk"
    client.get("/en/leave/", headers=NAVIGATION)
    assert other_tab.get("/en/read/").content == b"sign in"


def test_it_takes_the_token_of_a_form_back(client: Client, settings: Settings) -> None:
    client.get("/en/form/")
    response = client.get("/en/leave/", headers=NAVIGATION)
    assert response.cookies[settings.CSRF_COOKIE_NAME]["max-age"] == 0


def test_head_answers_the_same_and_writes_nothing(
    client: Client, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.head("/en/leave/")
    assert response.status_code == 303
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Clear-Site-Data" not in response.headers
    assert client.get("/en/read/").content == b"desk"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_what_is_no_person_going_there_signs_nobody_out(client: Client, member: User, headers: dict[str, str]) -> None:
    response = client.get("/en/leave/", headers=headers)
    assert response.status_code == 303
    assert "Clear-Site-Data" not in response.headers
    assert client.get("/en/read/").content == b"desk"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_a_link_and_never_a_form(client: Client, method: str) -> None:
    assert getattr(client, method)("/en/leave/").status_code == 405


def test_it_works_while_the_database_is_down(
    client: Client, member: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("the database is gone")

    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", refuse)
        response = client.get("/en/leave/", headers=NAVIGATION)
    assert response.status_code == 303
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0


def test_it_works_while_the_site_is_closed(client: Client, settings: Settings) -> None:
    settings.MAINTENANCE = True
    assert client.get("/fr/leave/").headers["Location"] == settings.QUICK_EXIT_TARGETS["fr"]
