"""The page of two countries: who serves both ends and which rows say so, notes, what else there is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory import pairs
from directory.pairs import SHOWN, helpers
from platform_site.vocabulary.store import term_id, vocabulary
from tests.costs import costs
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


# Type and target groups of a service in both countries; whether it is for staff.
FOR_STAFF = [
    ("assisted_return", [], False),
    ("assisted_return", ["victims"], False),
    ("networking", ["ngo_staff"], True),
    ("networking", [], True),
    ("funding", [], True),
    ("professional_training", ["law_enforcement", "judiciary"], True),
    ("legal_aid", ["lawyers"], True),
    ("legal_aid", ["lawyers", "victims"], False),
]


@pytest.mark.parametrize(("kind", "groups", "for_staff"), FOR_STAFF)
def test_services_for_staff_stand_apart(client: Client, kind: str, groups: list[str], for_staff: bool) -> None:
    service = make_service(kind, countries=["DE", "RO"], target_groups=groups)
    make_organisation(name="The house", country="DE", services=[service, make_service("shelter", countries=["FR"])])
    helping = found()
    assert [bool(helping.both), bool(helping.staff)] == [not for_staff, for_staff]
    assert [helping.both_total, helping.staff_total] == [int(not for_staff), int(for_staff)]
    heading = "Prevention, coordination and work with professionals in both countries"
    assert (heading in shown(client)) == for_staff


def test_of_one_organisation_the_services_for_staff_come_last() -> None:
    services = [make_service("networking", countries=["DE", "RO"]), make_service("assisted_return", countries=["DE"])]
    make_organisation(country="DE", services=services)
    (serving,) = found().both
    assert [row.for_staff for row in serving.services] == [False, True]
    assert [len(serving.for_people), len(serving.for_staff)] == [1, 1]


def test_the_link_at_an_end_says_what_it_leads_to(client: Client) -> None:
    """The directory's list has those who serve both ends too: the number in the words is the list's."""
    make_organisation(country="DE", services=[make_service("shelter", countries=["DE", "RO"])])
    for number in range(7):
        make_organisation(name=f"A{number}", country="FR", services=[make_service("shelter", countries=["DE"])])
    make_organisation(name="Z in Germany", country="DE", services=[make_service("shelter")])
    text = shown(client)
    assert "All 9 organisations that help in Germany" in text
    assert "The first 5 of 8" in text
    assert "9 organisations" in shown(client, "/en/directory/?country=DE")
    assert "All 8" not in text
    (end, _other) = found().ends
    assert [row.title for row in end.rows][:2] == ["Z in Germany", "A0"]
    assert "hotlines, organisations, practices" not in text


def test_those_who_serve_both_ends_say_how_fresh_and_where_the_rest_stands(client: Client) -> None:
    kinds = ["shelter", "legal_aid", "hotline", "outreach", "documents", "interpreting", "family_tracing", "care"]
    make_organisation(
        name="House of the Long Name",
        short_name="HLN",
        slug="hln",
        country="DE",
        services=[make_service(kind, countries=["DE", "RO"], as_of=2012, languages=["ro"]) for kind in kinds],
    )
    make_organisation(name="Fresh", country="DE", countries=["RO"], confirmed_on=today())
    page = client.get(PAIR).content.decode()
    text = flat(page)
    for words in ("House of the Long Name", "data of 2012", "Not yet confirmed", "Confirmed", "Romanian"):
        assert words in text, words
    assert re.search(r'<a href="/en/directory/hln/#services">and 2 more services', page)
    assert 'id="services"' in client.get("/en/directory/hln/").content.decode()


def test_return_programmes_of_one_end_stand_there_with_where_they_work(client: Client) -> None:
    returning = term_id("programme_kinds", "return_programme")
    make_programme("Home Flights", ["DE", "FR"], kind_id=returning)
    make_programme("Both Ways", ["RO", "DE"], kind_id=returning)
    make_programme("Other Kind", ["DE"])
    make_programme("Elsewhere", ["FR"], kind_id=returning)
    make_programme("For members", ["RO"], kind_id=returning, audience="members")
    for address in (PAIR, "/en/countries/ro-de/"):
        text = shown(client, address)
        assert re.search(r"Return programmes at one end Home Flights Return programme · works in Germany, France", text)
        assert text.count("Both Ways") == 1
        for words in ("Other Kind", "Elsewhere", "For members"):
            assert words not in text, words


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


# A document: what it is beside a tool on return, and whether it is offered on each pair.
OFFERED = [
    ({}, True),
    ({"topics": ["residence_asylum", "return_reintegration"]}, True),
    ({"tool": ""}, False),
    ({"topics": ["prevention"]}, False),
    ({"countries": ["IT"]}, False),
    ({"audience": "members"}, False),
]


@pytest.mark.parametrize(("values", "offered"), OFFERED)
def test_tools_on_return_without_a_country_stand_with_the_procedure(
    client: Client, values: dict, offered: bool
) -> None:
    make_document(name="Checklist of papers", **{"tool": "checklist", "topics": ["return_reintegration"], **values})
    empty = shown(client)
    assert "Nothing is published about these two countries together" in empty
    assert ("Checklist of papers" in empty) == offered
    make_note("DE", "RO")
    page = client.get(PAIR).content.decode()
    assert ("Checklist of papers" in page.split('id="procedure"')[1].split("</section>")[0]) == offered
    assert page.count("Checklist of papers") == int(offered)


def test_the_form_stands_near_the_top_of_the_countries_and_once_on_a_pair(client: Client) -> None:
    make_note("DE", "RO")
    make_note("RO", "DE")
    countries = client.get("/en/countries/").content.decode()
    assert countries.count('action="/en/countries/pair/"') == 1
    assert countries.index('action="/en/countries/pair/"') < countries.index("Seats of organisations")
    pair = client.get(PAIR).content.decode()
    assert pair.count('action="/en/countries/pair/"') == 1
    assert "Change the countries" in pair
    assert '<option value="RO" selected>' in pair
    assert f'href="{PAIR}"' not in pair.split('id="two-countries"')[1].split("</section>")[0]
    assert 'href="/en/countries/ro-de/"' in pair.split('id="two-countries"')[1].split("</section>")[0]
    assert 'href="/en/countries/pair/"' in client.get("/en/").content.decode()
    assert 'href="/en/countries/pair/"' not in client.get("/en/directory/").content.decode()


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


def test_more_rows_cost_no_more_queries(client: Client) -> None:
    pages = [PAIR, "/en/countries/DE/", "/en/countries/"]
    more(2)
    few = costs(client, pages)
    more(5)
    assert costs(client, pages) == few
    assert max(few.values()) <= 12


def test_members_count_for_themselves_only(client_for: ClientFor) -> None:
    make_organisation(country="DE", countries=["RO"], audience="members")
    assert found(None).both_total == 0
    assert found(make_user("member")).both_total == 1
