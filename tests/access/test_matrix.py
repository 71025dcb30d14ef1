"""Every address of the site x every role, against one declared table.

A new address without a row fails. To write the table anew, set REWRITE_ACCESS_MATRIX=1, run this module, and read the
difference line by line: the table is what the site promises.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from tests.access.content import argument_values
from tests.access.routes import Route, routes
from tests.factories import ROLES

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("matrix.csv")
OUTSIDERS = ("anonymous", "registered", "member")
# Wagtail's own icons and words of the interface: nothing of the site is in them.
OPEN_ADMIN = {"admin/jsi18n/", "admin/sprite/"}
CLOSED = {"302", "302 login", "301", "403", "404", "405"}


def declared() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {row.pop("pattern"): row for row in csv.DictReader(handle)}


def observed(client: Client, route: Route, method: str = "get") -> str:
    response = getattr(client, method)(route.path)
    code = str(response.status_code)
    if response.status_code in {301, 302, 303, 307, 308}:
        target = response["Location"].split("?")[0]
        return f"{code} login" if target.endswith("/accounts/login/") else code
    return code


@pytest.fixture
def every_route() -> list[Route]:
    return routes(argument_values())


@pytest.fixture(params=["undrawn", pytest.param("drawn", marks=pytest.mark.long)])
def drawing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without words in every run: the table says who is let in, and drawing takes the half of the time.

    With the long suites all are drawn: a page that cannot be is an error page.
    """
    if request.param == "undrawn":
        words = SafeString("<p>Undrawn.</p>")
        monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_args, **_keys: words)


def test_the_table_has_every_address_and_no_other(every_route) -> None:
    if os.environ.get("REWRITE_ACCESS_MATRIX"):
        # Nothing to compare with: the asked-for run replaces the very table that this test would read.
        pytest.skip("the table is being written anew by the test below")
    assert {route.pattern for route in every_route} == set(declared())


def test_every_role_gets_what_the_table_says(
    every_route: list[Route], drawing: None, client_for: Callable[[str], Client]
) -> None:
    clients = {role: client_for(role) for role in ROLES}
    seen = {}
    for route in every_route:
        # Signing out and leaving end the session: they get a client of their own.
        ends_session = "logout" in route.pattern or "leave" in route.pattern
        seen[route.pattern] = {
            role: observed(client_for(role) if ends_session else clients[role], route) for role in ROLES
        }
    if os.environ.get("REWRITE_ACCESS_MATRIX"):
        with TABLE.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, ["pattern", *ROLES], lineterminator="\n")
            writer.writeheader()
            writer.writerows({"pattern": pattern, **row} for pattern, row in seen.items())
    table = declared()
    different = {pattern: (row, table.get(pattern)) for pattern, row in seen.items() if row != table.get(pattern)}
    assert different == {}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_outsider_enters_the_editors_screens(role) -> None:
    """A rule over the table, so that a careless rewrite cannot open a screen."""
    for pattern, row in declared().items():
        if pattern.startswith("admin/") and pattern not in OPEN_ADMIN:
            assert row[role] in CLOSED, pattern


def test_no_address_is_an_error_page() -> None:
    for pattern, row in declared().items():
        for role in ROLES:
            assert not row[role].startswith("5"), (pattern, role)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_who_may_not_read_a_screen_may_not_write_to_it(role, every_route, drawing, client_for) -> None:
    client, table = client_for(role), declared()
    for route in every_route:
        if route.pattern.startswith("admin/") and route.pattern in table and route.pattern not in OPEN_ADMIN:
            assert observed(client, route, "post") in CLOSED, route.pattern
