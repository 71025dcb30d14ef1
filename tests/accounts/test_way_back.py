"""Whoever signs in comes back to the page on which the link was; nobody is led off the site."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client, RequestFactory

from platform_site.accounts.models import User
from platform_site.accounts.roles import EDITORS, MEMBERS
from platform_site.accounts.services import open_account
from platform_site.accounts.sign_in import LONGEST_WAY_BACK, sign_in_href
from tests.accounts.test_sign_in import PASSWORD, SECRET, six_digits
from tests.factories import make_chart, make_organisation

pytestmark = pytest.mark.django_db
LOGIN = "/en/accounts/login/"


@pytest.fixture
def member() -> User:
    return open_account(email="ada@example.org", name="Ada", password=PASSWORD, role=MEMBERS)


def way_in(client: Client, path: str) -> str:
    """Return the one address to which all links for the sign-in on a page lead."""
    page = client.get(path).content.decode()
    found = {unescape(href) for href in re.findall(r'href="(/\w\w/accounts/login/[^"]*)"', page)}
    assert len(found) == 1, found
    return found.pop()


def sign_in(client: Client, href: str, email: str = "ada@example.org") -> str:
    """Open the sign-in, send its form as a browser would, and return where it leads."""
    page = client.get(href).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields = {name: unescape(value) for name, value in hidden.items()}
    response = client.post(urlsplit(href).path, {**fields, "login": email, "password": PASSWORD})
    return str(response["Location"])


@pytest.mark.parametrize(
    "path",
    [
        "/en/directory/house/",
        "/de/directory/house/",
        "/en/directory/?country=IT&service=accommodation&q=a%26b+c",
        "/en/practices/7/",
        "/en/practices/compare/?chart=7&chart=8",
        "/en/directory/no-such-house/",
        "/en/safety/",
    ],
)
def test_one_stands_where_one_was(client: Client, member: User, path: str) -> None:
    make_organisation(slug="house")
    make_chart(chart_no=7)
    assert sign_in(client, way_in(client, path)) == path


def test_a_wrong_password_in_between_changes_nothing(client: Client, member: User) -> None:
    href = way_in(client, "/en/directory/?country=IT")
    page = client.post(LOGIN, {"next": "/en/directory/?country=IT", "login": member.email, "password": "wrong"})
    assert 'name="next" value="/en/directory/?country=IT"' in page.content.decode()
    assert sign_in(client, href) == "/en/directory/?country=IT"


def test_the_second_factor_leads_back_too(client: Client, member: User) -> None:
    TOTP.activate(member, SECRET)
    href = way_in(client, "/en/directory/?country=IT")
    second = sign_in(client, href)
    response = client.post(second, {"code": six_digits(SECRET)})
    assert response["Location"] == "/en/directory/?country=IT"


def test_from_home_each_role_begins_where_it_works(client: Client, member: User) -> None:
    open_account(email="ed@example.org", name="Ed", password=PASSWORD, role=EDITORS)
    href = way_in(client, "/en/")
    assert href == LOGIN
    assert sign_in(Client(), href) == "/en/"
    assert sign_in(Client(), href, "ed@example.org") == "/admin/"


def test_pages_of_the_account_pass_on_the_page_before_and_never_themselves() -> None:
    def wanted(path: str) -> dict[str, list[str]]:
        return parse_qs(urlsplit(sign_in_href(RequestFactory().get(path))).query)

    assert wanted(f"{LOGIN}?next=/en/directory/%3Fcountry%3DIT") == {"next": ["/en/directory/?country=IT"]}
    for path in (LOGIN, "/en/accounts/password/reset/key/1-secret/", "/en/accounts/logout/?next=//evil.example/"):
        assert wanted(path) == {}, path


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example/", "\\\\evil.example",
        "javascript:alert(1)", "http:evil.example", "evil.example", " //evil.example", "/%09/evil.example", "\x00",
    ],
)  # fmt: skip
def test_no_address_leads_off_the_site(client: Client, member: User, target: str) -> None:
    for href in (
        sign_in_href(RequestFactory().get(LOGIN, {"next": target})),
        sign_in_href(RequestFactory().get(target if target.startswith("/") else "/en/")),
        f"{LOGIN}?next={quote(target)}",
    ):
        assert urlsplit(sign_in(Client(), href)).netloc in ("", "testserver")


def test_an_endless_address_is_left_out() -> None:
    request = RequestFactory().get("/en/directory/", {"q": "a" * LONGEST_WAY_BACK})
    assert sign_in_href(request) == LOGIN
