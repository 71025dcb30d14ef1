"""The countries: list and page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from directory.models import Hotline, Programme
from platform_site.records.services import publish_record
from search import related
from tests.costs import costs
from tests.factories import build_organisation, make_network, make_organisation, make_service

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def make_programme(name: str, countries: list[str], **values: object) -> Programme:
    programme = Programme(name=name, slug=name.lower().replace(" ", "-"), **values)
    programme.set_codes("countries", countries)
    from directory.models import ProgrammeText

    programme.texts = [ProgrammeText(language="en", is_original=True, summary="People return together.")]
    published: Programme = publish_record(record=programme)
    return published


def test_the_list_counts_seats_and_names_where_others_help(client_for: ClientFor) -> None:
    make_organisation(country="RO", services=[make_service("shelter", countries=["RO", "MD"])])
    make_organisation(country="RO")
    make_organisation(country="AL", audience="members")
    page = client_for("anonymous").get("/en/countries/").content.decode()
    assert "Romania, 2 organisations" in page
    assert 'href="/en/countries/MD/"' in page
    assert 'href="/en/countries/AL/"' not in page
    assert "Albania, 1 organisation" in client_for("member").get("/en/countries/").content.decode()


def test_an_empty_list_says_so(client: Client) -> None:
    assert "Nothing is published here yet." in client.get("/en/countries/").content.decode()


def test_a_country_shows_who_is_there_who_helps_there_and_whom_to_call(client_for: ClientFor) -> None:
    own = make_organisation(name="House in Romania", country="RO", services=[make_service("shelter")])
    make_organisation(name="House in Germany", country="DE", services=[make_service("shelter", countries=["RO"])])
    make_organisation(name="House for members", country="RO", audience="members")
    make_organisation(name="House in France", country="FR")
    calling = build_organisation(name="Caller", country="MD")
    line = Hotline(number="0800 800 678", hours="24/7")
    line.set_codes("countries", ["RO"])
    calling.hotlines = [line]
    publish_record(record=calling)
    make_network("Open Table", [own])
    make_network("Quiet Table", [own], audience="members")
    make_programme("Way Back", ["RO", "IT"], start="2020")
    make_programme("Way Out", ["FR"])
    page = client_for("anonymous").get("/en/countries/RO/")
    assert page.status_code == 200
    text = flat(page.content.decode())
    for shown in ("House in Romania", "House in Germany", "0800 800 678", "Open Table", "1 organisation", "Way Back"):
        assert shown in text, shown
    for hidden in ("House for members", "House in France", "Quiet Table", "Way Out"):
        assert hidden not in text, hidden
    assert "Organisations with their seat here 1 Others that help here 1" in text
    member = flat(client_for("member").get("/en/countries/RO/").content.decode())
    assert "House for members" in member
    assert "Quiet Table" in member
    assert "Organisations with their seat here 2" in member


def test_the_lines_of_a_country_say_how_old_they_are_and_who_may_call(client: Client) -> None:
    calling = build_organisation(country="RO", imported_on=date(2026, 11, 1), services=[make_service(as_of=2012)])
    experts, anybody = Hotline(number="0800 1"), Hotline(number="0800 2")
    experts.set_codes("target_groups", ["law_enforcement"])
    calling.hotlines = [experts, anybody]
    publish_record(record=calling)
    page = client.get("/en/countries/RO/").content.decode()
    first, second = map(flat, re.findall(r'<section class="callout">.*?</section>', page, re.DOTALL))
    assert first.startswith("Hotline 0800 2")
    assert second.startswith("Line for professionals 0800 1")
    for line in (first, second):
        assert line.endswith("Not yet confirmed imported on 1 November 2026 data of 2012")


def test_hidden_entries_leave_no_trace_on_a_country(client: Client) -> None:
    empty = client.get("/en/countries/AL/").content
    assert "Nothing is published here yet." in empty.decode()
    make_organisation(country="AL", audience="members", services=[make_service("shelter")])
    assert client.get("/en/countries/AL/").content == empty


def test_kosovo_has_a_page_and_small_letters_lead_to_capitals(client: Client) -> None:
    assert "Kosovo" in client.get("/en/countries/XK/").content.decode()
    response = client.get("/de/countries/xk/")
    assert (response.status_code, response["Location"]) == (301, "/de/countries/XK/")


@pytest.mark.parametrize("code", ["ZZ", "xx", "ROU", "0", "RO-1"])
def test_other_codes_are_not_found(client: Client, code: str) -> None:
    assert client.get(f"/en/countries/{code}/").status_code == 404


def test_related_blocks_of_other_apps_are_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def provider(code: str, user: object, limit: int) -> related.RelatedBlock:
        item = related.RelatedItem("practice", f"A chart of {code}", "/en/practices/1/", "Category C", code)
        return related.RelatedBlock("practice", "Practice charts", [item], 3, f"/en/practices/?country={code}")

    monkeypatch.setattr(related, "_providers", {("country", "practice"): provider})
    page = client.get("/en/countries/RO/").content.decode()
    assert "A chart of RO" in page
    assert 'href="/en/practices/?country=RO"' in page
    assert "Practice charts" in flat(page)


def more(number: int) -> None:
    for index in range(number):
        organisation = build_organisation(country="RO", services=[make_service("shelter", countries=["RO", "IT"])])
        organisation.hotlines = [Hotline(number="0800 1")]
        published = publish_record(record=organisation)
        make_network(f"Table {published.pk} {index}", [published])
        make_programme(f"Programme {published.pk}", ["RO"])


def test_more_rows_cost_no_more_queries(client: Client) -> None:
    pages = ["/en/countries/", "/en/countries/RO/", "/en/countries/IT/"]
    more(2)
    few = costs(client, pages)
    more(5)
    assert costs(client, pages) == few
    assert max(few.values()) <= 12


def test_a_country_counts_the_members_of_a_network_that_the_reader_may_see(client_for: ClientFor) -> None:
    shown = make_organisation(country="RO")
    hidden = make_organisation(country="RO", audience="members")
    make_network("Mixed Table", [shown, hidden])
    make_network("Hidden Table", [hidden])
    public = flat(client_for("anonymous").get("/en/countries/RO/").content.decode())
    assert "Mixed Table 1 organisation" in public
    assert "Hidden Table" not in public
    members = flat(client_for("member").get("/en/countries/RO/").content.decode())
    assert "Mixed Table 2 organisations" in members
    assert "Hidden Table 1 organisation" in members


def test_the_programmes_of_a_country_begin_with_the_latest(client_for: ClientFor) -> None:
    make_programme("Alpha", ["RO"], start="2001")
    make_programme("Beta", ["RO"], start="2020")
    page = client_for("anonymous").get("/en/countries/RO/").content.decode()
    assert page.index("Beta") < page.index("Alpha")
