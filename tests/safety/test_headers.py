"""Security headers, caching and cookies, through the site's own chain of middleware."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from platform_site.accounts.models import User
from platform_site.safety.headers import policy_text

# The footer of each page names pages of the site, which the first request reads.
pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.django_db]

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def member(db: None) -> User:
    return User.objects.create_user(email="member@example.org", password="a long enough password")


def vary(response: object) -> set[str]:
    return {part.strip().lower() for part in response.headers.get("Vary", "").split(",") if part.strip()}


def test_public_page_has_the_strict_headers(client: Client) -> None:
    headers = client.get("/en/read/").headers
    assert headers["Content-Security-Policy"] == STRICT
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/en/read/", "/en/nothing/", "/nothing", "/health/", "/en/crash/", "/en/leave/"])
def test_every_answer_has_the_policies(client: Client, path: str) -> None:
    client.raise_request_exception = False
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == STRICT
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_permission_is_given_on_public_pages(client: Client) -> None:
    policy = client.get("/en/read/").headers["Permissions-Policy"]
    assert {part.split("=")[1] for part in policy.split(", ")} == {"()"}
    assert {"camera=()", "geolocation=()", "microphone=()", "publickey-credentials-get=()"} <= set(policy.split(", "))


def test_passkeys_work_on_account_pages_only(client: Client) -> None:
    parts = set(client.get("/accounts/login/").headers["Permissions-Policy"].split(", "))
    assert {"publickey-credentials-get=(self)", "publickey-credentials-create=(self)", "camera=()"} <= parts


def test_no_policy_of_the_public_allows_anything_unsafe() -> None:
    assert "unsafe" not in STRICT
    assert "data:" not in STRICT


def test_only_a_preview_may_be_framed(client: Client) -> None:
    policy = client.get("/en/preview/").headers["Content-Security-Policy"]
    assert policy == STRICT.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def test_admin_has_its_own_policy(client: Client) -> None:
    headers = client.get("/admin/screen/").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_view_keeps_a_policy_of_its_own(client: Client) -> None:
    assert client.get("/en/own-headers/").headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("path", ["/en/read/", "/de/read/", "/en/data/", "/en/notify/", "/en/notices/"])
def test_visitors_get_no_cookie_and_no_page_that_varies_by_cookie(client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "cookie" not in vary(response)


def test_a_form_brings_its_token_and_nothing_else(client: Client, settings: Settings) -> None:
    response = client.get("/en/form/")
    assert list(response.cookies) == [settings.CSRF_COOKIE_NAME]
    cookie = response.cookies[settings.CSRF_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert response.headers["Cache-Control"] == "no-store, private"
    # With no-referrer a browser sends `Origin: null`, and the form would always be refused.
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/accounts/login/", "/fr/accounts/login/", "/admin/screen/", "/admin/nothing/"])
def test_account_pages_and_admin_are_kept_by_no_cache(client: Client, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store, private"


def test_what_a_signed_in_person_gets_is_kept_by_no_cache(client: Client, member: User) -> None:
    client.force_login(member)
    for path in ("/en/read/", "/en/data/", "/en/hidden/"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store, private", path
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_answer_that_signs_in_is_kept_by_no_cache(client: Client, member: User) -> None:
    response = client.get("/en/sign-in/", {"email": member.email})
    assert response.headers["Cache-Control"] == "no-store, private"


def test_signing_out_clears_what_the_browser_kept(client: Client, member: User) -> None:
    client.force_login(member)
    assert client.get("/en/sign-out/").headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/en/read/").headers


def test_a_session_that_ran_out_does_not_clear_kept_drafts(client: Client, member: User) -> None:
    client.force_login(member)
    client.session.flush()
    assert "Clear-Site-Data" not in client.get("/en/read/").headers


def test_static_files_have_the_headers_and_stay_cacheable(client: Client, member: User) -> None:
    client.force_login(member)
    response = client.get("/static/js/exit.js")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == STRICT
    assert "no-store" not in response.headers.get("Cache-Control", "")


def test_messages_of_a_signed_in_person_wait_for_the_next_page(client: Client, member: User) -> None:
    client.force_login(member)
    client.get("/en/notify/")
    assert client.get("/en/notices/").content == b"Something happened."
    assert client.get("/en/notices/").content == b""


def test_policy_text_joins_directives_and_sources() -> None:
    assert (
        policy_text({"img-src": ["'self'", "data:"], "base-uri": ["'none'"]}) == "img-src 'self' data:; base-uri 'none'"
    )
