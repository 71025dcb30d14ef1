"""Error pages: in the reader's language, telling nothing; 500 and 503 in all languages without any neighbour."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from platform_site.accounts.models import User
from platform_site.safety.static_messages import CLOSED, EMERGENCY, EXIT_LABELS, SERVER_ERROR

# The footer of each page names pages of the site, which the first request reads.
pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.django_db]

STATUS = {
    "/en/suspicious/": 400,
    "/en/forbidden/": 403,
    "/en/hidden/": 404,
    "/en/nothing/": 404,
    "/en/withdrawn/": 410,
}


@pytest.fixture
def typing_client() -> Client:
    """A browser whose forms are checked for their token."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(("path", "status"), STATUS.items())
def test_each_page_has_number_heading_and_the_way_out(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == status
    assert len(re.findall(r"<h1\b", html)) == 1
    assert f">{status}<" in html
    assert 'href="/en/leave/"' in html
    assert 'href="/en/safety/#hotlines"' in html
    assert 'content="noindex"' in html
    assert '<html lang="en"' in html


@pytest.mark.parametrize(("path", "status"), STATUS.items())
@pytest.mark.parametrize("language", ["fr", "de"])
def test_each_page_is_in_the_language_of_its_address(client: Client, path: str, status: int, language: str) -> None:
    response = client.get(path.replace("/en/", f"/{language}/"), headers={"Accept-Language": "es"})
    assert response.status_code == status
    assert f'<html lang="{language}"' in response.content.decode()


def test_outside_the_prefixes_the_browser_decides_the_language(client: Client) -> None:
    html = client.get("/nothing", headers={"Accept-Language": "it,en;q=0.5"}).content.decode()
    assert '<html lang="it"' in html
    assert 'href="/it/leave/"' in html


def test_what_is_hidden_answers_like_what_is_missing(client: Client) -> None:
    hidden, missing = client.get("/en/hidden/"), client.get("/en/absent/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.headers == missing.headers
    assert hidden.content.replace(b"hidden/", b"") == missing.content.replace(b"absent/", b"")
    assert b"Organisation 7" not in hidden.content


def test_what_is_hidden_costs_as_much_as_what_is_missing(client: Client) -> None:
    """Equal work, so that the time tells nothing either."""
    client.get("/en/nothing/")
    counts = []
    for path in ("/en/hidden/", "/en/absent/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_forbidden_page_does_not_say_why(client: Client) -> None:
    assert b"only reviewers" not in client.get("/en/forbidden/").content
    assert b"a forged thing" not in client.get("/en/suspicious/").content


def test_a_withdrawn_page_says_why_and_where_to_go(client: Client) -> None:
    html = client.get("/en/withdrawn/").content.decode()
    assert 'The reason that was given: <span lang="">It has closed.</span>' in html
    assert '<a href="/en/read/">Its successor</a>' in html


def test_a_reason_is_text_and_nothing_else(rf: object) -> None:
    from platform_site.safety.error_views import gone

    request = rf.get("/en/x/")
    with override("en"):
        html = gone(request, "<script>alert(1)</script>", [("<b>x</b>", "/en/read/")]).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert "<b>x</b>" not in html


def test_a_forged_host_gets_a_page_and_no_crash(client: Client) -> None:
    response = client.get("/en/read/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_a_crash_is_told_in_every_language(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/fr/crash/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "no-store" in response.headers["Cache-Control"]
    for code, _name in site_settings.LANGUAGES:
        assert f'lang="{code}"' in html
        assert SERVER_ERROR[code][0] in html
        assert f'href="/{code}/leave/"' in html
    assert "caseworker" not in html
    assert "RuntimeError" not in html


def test_a_database_that_cannot_be_used_is_told_as_a_pause(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.raise_request_exception = False
    response = client.get("/en/full-disk/")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert all(CLOSED[code][0] in response.content.decode() for code, _name in site_settings.LANGUAGES)
    assert "database or disk is full" in caplog.text


def test_the_static_pages_are_whole_for_every_language_of_the_site() -> None:
    codes = {code for code, _name in site_settings.LANGUAGES}
    for words in (SERVER_ERROR, CLOSED, EMERGENCY, EXIT_LABELS):
        assert set(words) == codes


def test_the_static_pages_need_no_context_processor(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    engine = {**settings.TEMPLATES[0], "OPTIONS": {"context_processors": ["tests.safety.urls.broken_processor"]}}
    settings.TEMPLATES = [engine]
    assert client.get("/en/crash/").status_code == 500
    assert client.get("/en/nothing/").status_code == 500
    assert SERVER_ERROR["de"][0] in client.get("/en/nothing/").content.decode()
    assert "a context processor that crashes" in caplog.text


def test_the_static_pages_need_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        assert client.get("/en/crash/").status_code == 500


def test_the_closed_sign_is_up_in_every_language_and_says_when(client: Client, settings: Settings) -> None:
    settings.MAINTENANCE = True
    for path in ("/en/read/", "/", "/admin/screen/", "/en/form/"):
        response = client.get(path)
        assert response.status_code == 503, path
        assert response.headers["Retry-After"] == str(settings.MAINTENANCE_RETRY_AFTER)
        assert "no-store" in response.headers["Cache-Control"]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    html = response.content.decode()
    assert all(CLOSED[code][0] in html for code, _name in settings.LANGUAGES)
    assert client.post("/en/form/", {"text": "x"}).status_code == 503


def test_health_and_style_stay_reachable_while_the_site_is_closed(client: Client, settings: Settings) -> None:
    settings.MAINTENANCE = True
    assert client.get("/health/").status_code == 200
    assert client.get("/static/css/base.css").status_code == 200


TEXT = "We met her at the airport and went to the embassy together."


def post_without_token(client: Client, data: dict[str, object], **headers: str) -> str:
    response = client.post("/en/form/", data, headers={"Sec-Fetch-Site": "same-origin", **headers})
    assert response.status_code == 403
    return response.content.decode()


def test_a_refused_form_gives_back_what_was_typed(typing_client: Client) -> None:
    html = post_without_token(typing_client, {"text": TEXT, "country": "IT"})
    assert TEXT in html
    assert html.count("<textarea") == 1


def test_a_refused_form_shows_nothing_that_another_site_sent(typing_client: Client) -> None:
    for site in ("cross-site", "same-site", "none"):
        assert TEXT not in post_without_token(typing_client, {"text": TEXT}, **{"Sec-Fetch-Site": site})


def test_a_refused_form_never_shows_a_secret(typing_client: Client) -> None:
    secret = "correct horse battery staple"
    assert secret not in post_without_token(typing_client, {"password1": secret, "text": secret})
    assert secret not in post_without_token(typing_client, {"reset_key": secret, "text": TEXT})


def test_a_refused_form_escapes_what_was_typed(typing_client: Client) -> None:
    html = post_without_token(typing_client, {"text": "</textarea><script>alert('a long enough text')</script>"})
    assert "<script>alert" not in html


def test_a_signed_in_person_gets_the_same_missing_page(client: Client) -> None:
    client.force_login(User.objects.create_user(email="member@example.org", password="a long enough password"))
    first, second = client.get("/en/hidden/"), client.get("/en/absent/")
    assert first.content.replace(b"hidden/", b"") == second.content.replace(b"absent/", b"")
