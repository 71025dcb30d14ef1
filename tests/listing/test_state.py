"""Addresses of lists: read, written, and fed with nonsense."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from platform_site.listing.facets import Facet, Option
from platform_site.listing.state import ListState, parse_state

FACETS = [Facet("country", "Country", lambda: [Option("IT", "Italy"), Option("RO", "Romania")])]
SORTS, VIEWS = ("best", "name"), ("list", "table")


def parse(query: str) -> ListState:
    return parse_state(QueryDict(query), FACETS, sorts=SORTS, views=VIEWS, extra=("more",))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=IT&country=RO", {"country": frozenset({"IT", "RO"})}),
        ("country=it", {"country": frozenset({"IT"})}),
        ("country=", {}),
        ("country=%00", {}),
        ("", {}),
    ],
)
def test_values_are_read(query, expected) -> None:
    assert parse(query).chosen == expected


@pytest.mark.parametrize(
    "query",
    [
        "country=XX",
        "country=%00IT",
        "sort=zz",
        "view=cards",
        "page=0",
        "page=-1",
        "page=x",
        "page=1e9",
        "page=999999999999",
        "q=" + "a" * 300,
    ],
)
def test_nonsense_becomes_a_notice(query) -> None:
    state = parse(query)
    assert state.notices
    assert state.page == 1


def test_an_address_leads_back_to_its_state() -> None:
    state = parse("country=RO&country=IT&q=two+words&sort=name&view=table&page=3&more=country")
    assert state.notices == ()
    again = parse(state.address()[1:])
    assert again == state
    assert "page" not in state.address(chosen={}), "another choice starts at its first page"
    assert parse("").address() == "."


@given(st.text(max_size=60))
def test_any_query_is_survived(text) -> None:
    query = QueryDict(mutable=True)
    for name in ("country", "q", "sort", "view", "page", "more"):
        query.appendlist(name, text)
    state = parse_state(query, FACETS, sorts=SORTS, views=VIEWS, extra=("more",))
    assert set(state.chosen) <= {"country"}
    assert "\x00" not in state.words
