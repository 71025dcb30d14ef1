"""Coverage: every figure is that of the list behind its link, for every reader; hidden entries count for nobody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from directory.coverage import AGES, NONE, NOT_STATED, STATED, coverage
from directory.filters import FACETS, ORGANISATIONS
from directory.freshness import IMPORTED
from directory.models import NetworkMembership, Organisation
from platform_site.listing.state import parse_state
from platform_site.vocabulary.store import vocabulary
from tests.costs import costs
from tests.directory.test_countries import flat
from tests.factories import make_network, make_organisation, make_service, make_user

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
PAGE = "/en/countries/coverage/"
READERS = ["anonymous", "member", "editor"]


def reader(role: str) -> Any:
    return AnonymousUser() if role == "anonymous" else make_user(role)


def listed(address: str, user: Any) -> int:
    """Return what the list of organisations counts at an address."""
    state = parse_state(QueryDict(address.partition("?")[2]), FACETS)
    assert not state.notices, address
    return ORGANISATIONS.results(state, user).total


@pytest.mark.parametrize("role", READERS)
def test_every_figure_is_that_of_the_list(role: str, organisations: list[Organisation]) -> None:
    """The countries, services and ages of two dozen random entries, cell by cell."""
    user = reader(role)
    found = coverage(user)
    assert {row.country.code for row in found.covered} == {"IT", "RO", "XK", "NG"}
    states = set()
    for row in found.countries:
        assert row.total == listed(row.href, user)
        for cell in row.cells:
            stated = listed(f"?country={row.country.code}&service={cell.service.code}", user)
            expected = STATED if stated else NOT_STATED if row.total else NONE
            assert (cell.number, cell.state) == (stated, expected), (row.country.code, cell.service.code)
            assert not cell.href or listed(cell.href, user) == stated
            states.add(cell.state)
        assert [age.kind for age in row.ages] == list(AGES)
        assert all(age.number == listed(age.href, user) for age in row.ages)
        assert sum(age.number for age in row.ages) == row.total
    assert states == {STATED, NOT_STATED, NONE}


@pytest.mark.parametrize("role", READERS)
def test_networks_overlap_as_their_members_do(role: str, organisations: list[Organisation]) -> None:
    user = reader(role)
    found = coverage(user)
    readable = Organisation.objects.visible_to(user)
    names: dict[int, set[str]] = {}
    closed = role == "anonymous"
    for row in NetworkMembership.objects.filter(organisation__in=readable).select_related("network"):
        if not (closed and row.network.audience == "members"):
            names.setdefault(row.organisation_id, set()).add(row.network.name)
    several = {pk: found_names for pk, found_names in names.items() if len(found_names) > 1}
    assert {member.row.href: set(member.networks) for member in found.shared} == {
        readable.get(pk=pk).get_absolute_url(): found_names for pk, found_names in several.items()
    }
    assert sum(overlap.number for overlap in found.overlaps) == len(several)
    for row in found.networks:
        seated = readable.filter(country=row.country.id).values_list("pk", flat=True)
        assert row.total == listed(row.href, user) == len(seated)
        assert row.in_several == len(several.keys() & set(seated))
        assert row.in_one == len(names.keys() & set(seated)) - row.in_several
        assert row.in_none == row.total - row.in_one - row.in_several


# What a service names, other countries of work; whether Romania, Moldova have the service, an organisation, nothing.
STATES = [
    (["RO"], [], STATED, NONE),
    ([], ["RO"], STATED, NONE),
    (["IT"], ["RO"], NOT_STATED, NONE),
    (["IT"], [], NONE, NONE),
    (["RO", "MD"], [], STATED, STATED),
]


@pytest.mark.parametrize(("named", "works_in", "romania", "moldova"), STATES)
def test_stated_not_stated_and_nobody_there(named: list, works_in: list, romania: str, moldova: str) -> None:
    services = [make_service("legal_aid", countries=named)]
    if works_in and named:
        services.append(make_service("shelter"))
    make_organisation(country="IT", countries=works_in, services=services)
    rows = {row.country.code: row for row in coverage(None).countries}
    group = vocabulary("service_types")["legal_aid"].parent
    for code, state in (("RO", romania), ("MD", moldova)):
        (cell,) = (cell for cell in rows[code].cells if cell.service.code == group)
        assert cell.state == state, code


def test_the_page_says_it_in_words_and_links(client: Client) -> None:
    make_organisation(country="RO", services=[make_service("shelter")], confirmed_on=timezone.localdate())
    page = client.get(PAGE)
    assert page.status_code == 200
    html, text = page.content.decode(), flat(page.content.decode())
    assert 'href="/en/directory/?country=RO&amp;service=accommodation"' in html
    assert "not stated" in text
    bare = r'Moldova</a></th>\s*<td class="is-number"><span aria-hidden="true">–</span></td><td [^>]*colspan'
    assert re.search(bare, html)
    fresh = client.get(f"{PAGE}?view=freshness").content.decode()
    assert 'href="/en/directory/?country=RO&amp;freshness=confirmed"' in fresh
    assert "1 100 %" in flat(fresh)
    networks = flat(client.get(f"{PAGE}?view=networks").content.decode())
    assert "No organisation belongs to more than one network." in networks


def test_an_empty_site_says_so(client: Client) -> None:
    assert "no organisation" in flat(client.get(PAGE).content.decode())
    assert "Nothing is published here yet." in flat(client.get(f"{PAGE}?view=freshness").content.decode())


def test_hidden_entries_leave_no_trace(client: Client) -> None:
    make_organisation(country="RO", services=[make_service("shelter")])
    addresses = [f"{PAGE}?{query}" for query in ("", "view=networks", "view=freshness", "format=csv")]
    before = [b"".join(client.get(address)) for address in addresses]
    hidden = [
        make_organisation(country=country, audience="members", services=[make_service("legal_aid")])
        for country in ("RO", "NG")
    ]
    make_network("Hidden Table", hidden, audience="members")
    make_network("Hidden Circle", hidden, audience="members")
    assert [b"".join(client.get(address)) for address in addresses] == before


def test_the_file_has_every_cell(client: Client, organisations: list[Organisation]) -> None:
    response = client.get(f"{PAGE}?format=csv")
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text))
    found = coverage(None)
    assert len(lines) == len(found.countries) * (len(found.services) + len(AGES))
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    for row in rows:
        assert (row["Address"] != "") == (int(row["Organisations"]) > 0)
        if row["Address"]:
            assert int(row["Organisations"]) == listed(row["Address"], None) <= int(row["Of"])
    assert {row["State"] for row in rows} == {"stated", "not stated", "no organisation", ""}
    assert any(row["Code"] == IMPORTED and row["Organisations"] != "0" for row in rows)


UNKNOWN = {
    "format=xlsx": "That format is not known; the page is shown.",
    "view=map": "There is no such view; the services are shown.",
}


@pytest.mark.parametrize("query", UNKNOWN)
def test_what_is_not_known_is_named(client: Client, query: str) -> None:
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert UNKNOWN[query] in response.content.decode()


def test_more_organisations_cost_no_more_queries(client: Client) -> None:
    pages = [f"{PAGE}?{query}" for query in ("", "view=networks", "view=freshness", "format=csv")]

    def more(number: int) -> None:
        made = [make_organisation(country="RO", services=[make_service("shelter")]) for _index in range(number)]
        make_network(f"Table {made[0].pk}", made)
        make_network(f"Circle {made[0].pk}", made)

    more(2)
    few = costs(client, pages)
    more(5)
    assert costs(client, pages) == few
    assert max(few.values()) <= 12
