"""The page of two countries: who serves both ends and which rows say so, notes, what else there is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory import pairs
from directory.pairs import SHOWN, helpers
from platform_site.vocabulary.store import vocabulary
from tests.directory.making import make_note
from tests.directory.test_countries import flat, make_programme
from tests.factories import make_case, make_chart, make_organisation, make_service, make_user
from tests.library.making import make_document

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
PAIR = "/en/countries/de-ro/"


def shown(client: Client, address: str = PAIR) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return flat(response.content.decode())


def found(user: Any = None, origin: str = "DE", destination: str = "RO") -> Any:
    countries = vocabulary("countries")
    return helpers(countries[origin], countries[destination], user)


# Countries that a service names, other countries of work of an organisation with its seat in Germany, and what is
# said of the service for Germany and Romania: words of the row (None: the organisation is not among them), stated.
WHERE = [
    (["DE", "RO"], [], "names Germany and Romania", True),
    (["RO", "DE", "FR"], [], "names Germany and Romania", True),
    ([], ["RO"], "does not say where; the organisation works in Germany and Romania", False),
    (["DE"], ["RO"], None, False),
    (["RO"], ["RO"], None, False),
    ([], [], None, False),
    (["FR"], ["RO"], None, False),
]


@pytest.mark.parametrize(("named", "works_in", "words", "stated"), WHERE)
def test_a_service_says_which_ends_it_covers(named: list, works_in: list, words: str | None, stated: bool) -> None:
    make_organisation(country="DE", countries=works_in, services=[make_service("assisted_return", countries=named)])
    for origin, destination in (("DE", "RO"), ("RO", "DE")):
        both = found(None, origin, destination).both
        if words is None:
            assert both == []
            continue
        (serving,) = both
        (row,) = serving.services
        first, second = (vocabulary("countries").label(code) for code in (origin, destination))
        assert row.where == words.replace("Germany", "@").replace("Romania", second).replace("@", first)
        assert (row.stated, serving.stated) == (stated, stated)


def test_two_services_may_cover_the_two_ends() -> None:
    make_organisation(
        country="DE",
        services=[make_service("shelter", countries=["DE"]), make_service("legal_aid", countries=["RO"])],
    )
    (serving,) = found().both
    assert {row.where for row in serving.services} == {"names Germany", "names Romania"}
    assert not serving.stated


def test_an_organisation_without_services_counts_where_it_works(client: Client) -> None:
    make_organisation(name="Quiet House", country="DE", countries=["RO"])
    assert "It works in both countries; its entry lists no services." in shown(client)


def test_those_that_name_both_come_first_and_the_ends_stand_apart(client: Client) -> None:
    make_organisation(
        name="A house", country="DE", countries=["RO"], services=[make_service("shelter")], confirmed_on=today()
    )
    make_organisation(name="Z house", country="IT", services=[make_service("assisted_return", countries=["DE", "RO"])])
    make_organisation(name="Only here", country="DE", services=[make_service("shelter")])
    make_organisation(name="Only there", country="RO", services=[make_service("shelter")])
    text = shown(client)
    order = ["Z house", "A house", "Only at one end: Germany", "Only here", "Only at one end: Romania", "Only there"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    other_way = shown(client, "/en/countries/ro-de/")
    assert other_way.index("Only at one end: Romania") < other_way.index("Only at one end: Germany")


def today() -> dt.date:
    return timezone.localdate()


def test_the_services_of_an_organisation_that_name_both_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "SHOWN_ROWS", 2)
    named: list[list[str]] = [["DE"], [], ["DE", "RO"], ["RO"]]
    services = [make_service("assisted_return", countries=countries) for countries in named]
    make_organisation(country="DE", countries=["RO"], services=services)
    (serving,) = found().both
    assert [row.where for row in serving.services] == [
        "names Germany and Romania",
        "does not say where; the organisation works in Germany and Romania",
    ]
    assert serving.more == 2


def test_more_than_are_shown_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.pairs.SHOWN", 2)
    for number in range(3):
        make_organisation(name=f"House {number}", country="DE", countries=["RO"])
    text = shown(client)
    assert "3 organisations" in text
    assert "The first 2 of 3" in text
    assert SHOWN > 2


def test_hidden_entries_leave_no_trace(client_for: ClientFor) -> None:
    public = client_for("anonymous")
    empty = public.get(PAIR).content
    assert "Nothing is published about these two countries together" in empty.decode()
    assert b"noindex" in empty
    both = {"countries": ["RO"], "services": [make_service("shelter", countries=["DE", "RO"])]}
    teller = make_organisation(name="Hidden house", country="DE", audience="members", **both)
    make_note(audience="members", name="Hidden note")
    make_case(organisation=teller, country="DE", countries=("RO",), audience="members", title="Hidden case")
    make_programme("Hidden programme", ["DE", "RO"], audience="members")
    make_document(name="Hidden document", countries=["DE", "RO"], audience="members")
    assert empty == public.get(PAIR).content
    member = shown(client_for("member"))
    for words in ("Hidden house", "Hidden note", "Hidden case", "Hidden programme", "Hidden document"):
        assert words in member, words


def test_cases_charts_documents_and_programmes_of_both_countries(client: Client) -> None:
    make_case(country="DE", countries=("RO", "IT"), title="Home by winter")
    make_case(country="RO", countries=("DE",), title="Back again")
    make_case(country="DE", countries=("IT",), title="Elsewhere")
    make_chart(country="DE", countries=["RO"], name="Two houses")
    make_chart(country="DE", name="One house")
    make_document(name="Agreement of both", countries=["DE", "RO"])
    make_document(name="Law of one", countries=["DE"])
    make_programme("Way Back", ["RO", "DE"])
    make_programme("Way Out", ["DE", "FR"])
    for address in (PAIR, "/en/countries/ro-de/"):
        text = shown(client, address)
        for words in ("Home by winter", "Back again", "Two houses", "Agreement of both", "Way Back"):
            assert words in text, words
        for words in ("Elsewhere", "One house", "Law of one", "Way Out"):
            assert words not in text, words


ADDRESSES = [
    ("/en/countries/de-ro/", 200, ""),
    ("/en/countries/DE-RO/", 301, "/en/countries/de-ro/"),
    ("/de/countries/De-ro/", 301, "/de/countries/de-ro/"),
    ("/en/countries/de-de/", 301, "/en/countries/DE/"),
    ("/en/countries/DE-de/", 301, "/en/countries/DE/"),
    ("/en/countries/xk-al/", 200, ""),
    ("/en/countries/de-zz/", 404, ""),
    ("/en/countries/zz-de/", 404, ""),
    ("/en/countries/zz-zz/", 404, ""),
    ("/en/countries/de-rou/", 404, ""),
    ("/en/countries/de-/", 404, ""),
    ("/en/countries/de-ro-it/", 404, ""),
]


@pytest.mark.parametrize(("address", "status", "target"), ADDRESSES)
def test_addresses(client: Client, address: str, status: int, target: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.get("Location", "") == target


def test_the_page_leads_to_the_other_way_and_to_both_countries(client: Client) -> None:
    page = client.get(PAIR).content.decode()
    for href in ("/en/countries/ro-de/", "/en/countries/DE/", "/en/countries/RO/", "/en/directory/?country=RO"):
        assert f'href="{href}"' in page, href


# What the form sends, and where it leads: "" stays and asks.
PICKED = [
    ({"from": "DE", "to": "RO"}, "/en/countries/de-ro/"),
    ({"from": "de", "to": " ro "}, "/en/countries/de-ro/"),
    ({"from": "RO", "to": "RO"}, "/en/countries/RO/"),
    ({"from": "DE", "to": ""}, ""),
    ({"to": "RO"}, ""),
    ({"from": "DE", "to": "ZZ"}, ""),
    ({"from": "\x00", "to": "x" * 3000}, ""),
]


@pytest.mark.parametrize(("sent", "target"), PICKED)
def test_the_form_leads_to_the_pair(client: Client, sent: dict[str, str], target: str) -> None:
    response = client.get("/en/countries/pair/", sent)
    if target:
        assert (response.status_code, response["Location"]) == (302, target)
        return
    page = response.content.decode()
    assert "Choose two countries of the list." in page
    if sent.get("from") == "DE":
        assert re.search(r'<option value="DE" selected>', page)


def test_the_form_stands_on_the_list_and_on_each_country(client: Client) -> None:
    make_note("DE", "RO")
    make_note("IT", "AL")
    assert "Choose two countries" not in client.get("/en/countries/pair/").content.decode()
    for address in ("/en/countries/", "/en/countries/DE/", "/en/countries/pair/"):
        page = client.get(address).content.decode()
        assert 'action="/en/countries/pair/"' in page
        assert 'href="/en/countries/de-ro/"' in page
        assert ('href="/en/countries/it-al/"' in page) == (address != "/en/countries/DE/")
    assert '<option value="DE" selected>' in client.get("/en/countries/DE/").content.decode()


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def more(number: int) -> None:
    for _index in range(number):
        services = [make_service("shelter", countries=["DE", "RO"]), make_service("legal_aid")]
        organisation = make_organisation(country="DE", countries=["RO"], services=services)
        make_organisation(country="RO", services=[make_service("shelter")])
        make_note(translations={"de": {"papers": "Ein Reisepapier."}})
        make_case(organisation=organisation, country="DE", countries=("RO",))
        make_chart(organisations=[organisation], country="DE", countries=["RO"])
        make_programme(f"Programme {organisation.pk}", ["RO", "DE"])
        make_document(countries=["DE", "RO"])


@pytest.mark.parametrize("address", [PAIR, "/en/countries/DE/", "/en/countries/"])
def test_more_rows_cost_no_more_queries(client: Client, address: str) -> None:
    more(2)
    few = queries(client, address)
    more(5)
    assert queries(client, address) == few <= 12


def test_members_count_for_themselves_only(client_for: ClientFor) -> None:
    make_organisation(country="DE", countries=["RO"], audience="members")
    assert found(None).both_total == 0
    assert found(make_user("member")).both_total == 1
