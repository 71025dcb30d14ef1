"""One page takes a password: every address of the site is tried, none is listed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

from tests.factories import make_user

pytestmark = pytest.mark.django_db

LANGUAGE = "en"
# Where a password may be typed: to come in, and to change it once inside.
OUTSIDE = {"/en/accounts/login/"}
INSIDE = {"/en/accounts/password/change/", "/en/accounts/reauthenticate/"}


class PasswordFinder(HTMLParser):
    """Notes whether a page has a field for a password."""

    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input" and dict(attrs).get("type") == "password":
            self.found = True


def asks_for_password(body: str) -> bool:
    finder = PasswordFinder()
    finder.feed(body)
    return finder.found


def paths(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Give one path for every pattern of the resolver, with 1 and x for what it asks for."""
    for entry in patterns:
        for part in spelled(entry.pattern):
            if isinstance(entry, URLResolver):
                yield from paths(entry.url_patterns, prefix + part)
            else:
                yield prefix + part


def spelled(pattern: object) -> list[str]:
    if isinstance(pattern, RoutePattern):
        text = str(pattern)
        for name, converter in pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            for form in (f"<{kind}:{name}>", f"<str:{name}>", f"<{name}>"):
                text = text.replace(form, "1" if kind == "int" else "x")
        return [text]
    if isinstance(pattern, RegexPattern):
        return regex_samples(pattern.regex.pattern)
    return [str(pattern)]  # the language prefix


def regex_samples(regex: str) -> list[str]:
    """Give what the expression matches at its shortest, with 1 for what it asks for."""
    return [form % dict.fromkeys(names, "1") for form, names in normalize(regex)]


@pytest.fixture
def site_paths() -> list[str]:
    found = sorted(set(paths(get_resolver().url_patterns)))
    assert len(found) > 250, "The walk does not see the site."
    return found


def doors(client: Client, site_paths: list[str]) -> set[str]:
    """The addresses at which a page with a field for a password comes, redirects followed."""
    found = set()
    for path in site_paths:
        if path.endswith(("/leave/", "/logout/")):
            continue  # they end the session that the walk needs
        response = client.get(path, follow=True)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and asks_for_password(response.content.decode()):
            found.add(response.request["PATH_INFO"])
    return found


def test_visitors_find_one_door(client: Client, site_paths: list[str]) -> None:
    assert doors(client, site_paths) == OUTSIDE


# Every screen of the editors is drawn for this: half a minute.
@pytest.mark.long
def test_inside_a_password_is_asked_for_only_to_protect_the_account(client: Client, site_paths: list[str]) -> None:
    client.force_login(make_user("administrator"))
    assert doors(client, site_paths) == INSIDE


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/admin/login/", "/en/accounts/login/"),
        ("/admin/login/?next=/admin/pages/", "/en/accounts/login/?next=%2Fadmin%2Fpages%2F"),
        ("/admin/password_reset/", "/en/accounts/password/reset/"),
        ("/admin/password_reset/confirm/MQ/x-y/", "/en/accounts/password/reset/"),
        ("/de/_util/login/", "/de/accounts/login/"),
        ("/de/_util/authenticate_with_password/1/2/", "/de/accounts/login/"),
        ("/documents/authenticate_with_password/1/", "/en/accounts/login/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_doors_lead_to_the_one(client: Client, path: str, target: str, method: str) -> None:
    user = make_user("editor")
    data = {"username": user.email, "password": "correct horse battery staple", "login": user.email}
    response = client.get(path) if method == "get" else client.post(path, data)
    assert response.status_code == 302
    assert response["Location"] == target
    assert "_auth_user_id" not in client.session


SHUT = (
    "/admin/failwhale/",
    "/admin/pages/1/set_position/",
    "/admin/pages/1/lock/",
    "/admin/pages/1/move/1/confirm/",
    "/admin/images/chooser/chosen/x/",
    "/admin/snippets/choose/directory/organisation/chosen/x/",
    "/admin/snippets/choose/directory/organisation/create/",
    "/admin/choose-external-link/",
    "/admin/redirects/import/process/",
    "/admin/api/main/pages/3/action/publish/",
    "/admin/api/main/documents/find/?id=organisation:x",
)


@pytest.mark.parametrize("path", SHUT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_addresses_that_answered_500_or_go_round_the_gate_are_shut(client: Client, path: str, method: str) -> None:
    client.force_login(make_user("administrator"))
    assert getattr(client, method)(path).status_code == 404


def test_there_is_no_other_admin() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


# Who opens an address of the editors' desk gets a screen (200), our page of 403, or the way to the sign-in (302).
ENTERS = [
    ("anonymous", 302),
    ("registered", 403),
    ("member", 403),
    ("editor", 200),
    ("reviewer", 200),
    ("administrator", 200),
]
DESK = ("/admin/", "/admin/organisations/", "/admin/pages/", "/admin/account/", "/admin/reports/site-history/")


@pytest.mark.parametrize(("role", "status"), ENTERS)
@pytest.mark.parametrize("path", DESK)
def test_who_enters_the_desk(client_for: Callable[[str], Client], role: str, status: int, path: str) -> None:
    answer = client_for(role).get(path)
    # Wagtail's own way of refusing an editor one screen is the way back to the desk.
    assert answer.status_code == status or (status == 200 and answer.headers.get("Location") == "/admin/")
    if status == 302:
        assert answer["Location"] == f"/en/accounts/login/?next={path}"
    if status == 403:
        assert "Your account does not allow this" in answer.content.decode()


@pytest.mark.parametrize("path", ["/admin/nothing/here/", "/admin/login/", "/admin/login/?next=/admin/"])
@pytest.mark.parametrize("role", ["registered", "member"])
def test_no_address_of_the_desk_leads_who_may_not_enter_in_a_circle(client_for, path: str, role: str) -> None:
    assert client_for(role).get(path, follow=True).status_code == 403


def test_the_page_that_refuses_leaves_no_message_behind(client_for) -> None:
    client = client_for("member")
    client.get("/admin/")
    assert "permission" not in client.get("/en/").content.decode()
