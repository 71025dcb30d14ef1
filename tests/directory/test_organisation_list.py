"""The directory as page, file and data."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Location, Organisation
from platform_site.records.services import publish_record
from tests.costs import costs
from tests.factories import build_organisation, make_draft_organisation, make_network, make_organisation, make_service

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
ADDRESS = "/en/directory/"


def data_of(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"{ADDRESS}?format=json&{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    found: dict[str, Any] = json.loads(response.content)
    return found


def lines_of(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{ADDRESS}?format=csv&{query}")
    assert response["Content-Type"].startswith("text/csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def page_of(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def flat(html: str) -> str:
    """Return the text of a page in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_list_shows_each_organisation_with_its_facts(client: Client) -> None:
    make_organisation(
        name="Casa Lumina",
        country="RO",
        services=[make_service("shelter", languages=["ro"], genders=["female"], ages=["adult"], region="Nord-Est")],
    )
    page = flat(page_of(client))
    for text in ("Casa Lumina", "Romania", "Shelter", "Romanian", "Women", "Yes · Nord-Est", "Not yet confirmed"):
        assert text in page
    assert "1 organisation" in page


def test_json_has_the_documented_shape(client: Client) -> None:
    make_organisation(name="Casa Lumina", slug="casa", services=[make_service("shelter", languages=["ro"])])
    make_organisation(name="Quiet House", services=[make_service("shelter")])
    data = data_of(client, "language=ro")
    assert set(data) == {
        "total", "not_stated_total", "page", "pages", "next", "notices", "facets", "results",
    }  # fmt: skip
    assert (data["total"], data["not_stated_total"], data["page"], data["pages"], data["next"]) == (1, 1, 1, 1, None)
    assert data["results"] == [
        {
            "key": "organisation:Casa Lumina",
            "title": "Casa Lumina",
            "url": "/en/directory/casa/",
            "country": "IT",
            "match": ["Shelter: Romanian"],
            "stated": True,
        },
        {
            "key": "organisation:Quiet House",
            "title": "Quiet House",
            "url": data["results"][1]["url"],
            "country": "IT",
            "match": ["Shelter; not stated: Language"],
            "stated": False,
        },
    ]
    assert {"value": "ro", "label": "Romanian", "count": 1, "chosen": True} in data["facets"]["language"]


def test_json_comes_in_pages_of_100(client: Client) -> None:
    for number in range(101):
        make_organisation(name=f"House {number:03}", description="")
    first = data_of(client)
    assert (first["total"], first["pages"], len(first["results"])) == (101, 2, 100)
    following = json.loads(client.get(first["next"]).content)
    assert [row["title"] for row in following["results"]] == ["House 100"]
    assert following["next"] is None


def test_html_comes_in_pages_of_20_and_beside_the_map_of_6(client: Client) -> None:
    for number in range(21):
        make_organisation(name=f"House {number:03}", description="")
    assert page_of(client).count('<article class="result">') == 20
    assert page_of(client, "page=2").count('<article class="result">') == 1
    assert page_of(client, "page=3000").count('<article class="result">') == 1
    assert page_of(client, "view=map").count('<article class="result">') == 6
    assert page_of(client, "view=table").count("<tr>") == 1 + 20


def test_the_map_view_counts_by_country_and_leads_to_it(client: Client) -> None:
    make_organisation(country="DE", services=[make_service("shelter", countries=["RO"])])
    make_organisation(country="RO", services=[make_service("shelter")])
    page = page_of(client, "view=map&service=shelter")
    assert 'href="?country=RO&amp;service=shelter&amp;view=map"' in page
    assert "Romania, 2 organisations" in page
    assert "Germany, " not in page


def test_the_group_of_a_service_is_offered_where_the_service_itself_finds_nothing(client: Client) -> None:
    make_organisation(country="IT", services=[make_service("accommodation_minors", ages=["minor"])])
    offered = "“Accommodation” instead of “Shelter”: 1 result"
    page = flat(page_of(client, "country=IT&service=shelter&age=minor"))
    assert offered in page
    make_organisation(country="IT", services=[make_service("shelter")])
    page = flat(page_of(client, "country=IT&service=shelter&age=minor"))
    assert page.index(offered) < page.index("Not stated: these may fit")
    assert "instead of" not in page_of(client, "country=IT&service=shelter")
    assert "instead of" not in page_of(client, "country=FR&service=shelter")


@pytest.mark.parametrize("view", ["list", "table", "map"])
def test_what_is_not_stated_stands_under_its_heading_and_is_no_match(client: Client, view: str) -> None:
    make_organisation(name="Casa Lumina", services=[make_service("shelter", ages=["minor"])])
    make_organisation(name="Quiet House", services=[make_service("shelter")])
    page = flat(page_of(client, f"age=minor&view={view}"))
    assert "1 organisation of 2" in page
    heading = "Not stated: these may fit, but their entry does not say so"
    assert page.index("Casa Lumina") < page.index(heading) < page.index("Quiet House")


def test_no_results_say_what_leaving_out_each_filter_gives(client: Client) -> None:
    make_organisation(country="IT", services=[make_service("shelter", languages=["ro"])])
    make_organisation(country="FR", services=[make_service("legal_aid", languages=["ro"])])
    page = flat(page_of(client, "country=FR&service=shelter&language=ro"))
    assert "0 organisations" in page
    assert "Without Country of need “France”: 1 result" in page
    assert "Without Service “Shelter”: 1 result" in page
    assert "Without Language “Romanian”: 1" not in page


@pytest.mark.parametrize(
    "query",
    [
        "country=ZZ",
        "country=%00",
        "age=5",
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=%D9%A1",
        "sort=colour",
        "view=hologram",
        "format=exe",
        "network=no-such",
        "q=" + "x" * 400,
        "more=nothing",
        "country=" + "&country=".join(["IT"] * 200),
        "who=nobody",
        "freshness=yesterday&type=%F0%9F%92%A9",
    ],
)
@pytest.mark.parametrize("tail", ["", "&format=json", "&format=csv"])
def test_nonsense_is_answered_with_a_page(client: Client, query: str, tail: str) -> None:
    make_organisation()
    response = client.get(f"{ADDRESS}?{query}{tail}", follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("country=ZZ", "“ZZ” is not a value of “Country of need”"),
        ("page=-1", "That page does not exist"),
        ("view=hologram", "That view is not known"),
        ("sort=colour", "That order is not known"),
        ("format=exe", "That format is not known"),
    ],
)
def test_nonsense_is_named(client: Client, query: str, notice: str) -> None:
    make_organisation()
    assert notice in flat(page_of(client, query))


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("country=IT&service=&language=&who=", "country=IT"),
        ("country=&service=shelter&language=ro&who=women", "service=shelter&language=ro&gender=female&age=adult"),
        ("who=minors", "age=minor"),
        ("who=men", "gender=male&age=adult"),
        ("who=transgender", "gender=transgender"),
        ("who=whoever", "target=whoever"),
        ("who=", ""),
    ],
)
def test_the_finder_leads_to_the_filters_own_address(client: Client, query: str, target: str) -> None:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 302
    assert response["Location"] == (f"{ADDRESS}?{target}" if target else ADDRESS)


def test_the_finder_offers_what_leads_somewhere(client: Client) -> None:
    make_organisation(country="RO", services=[make_service("shelter", languages=["ro"])])
    make_organisation(country="AL", audience="members", services=[make_service("legal_aid", languages=["sq"])])
    page = page_of(client)
    form = page[page.index('<form class="finder"') : page.index("</form>")]
    assert '<option value="RO">Romania</option>' in form
    assert '<option value="ro">Romanian</option>' in form
    for hidden in ("Albania", "Albanian", "Legal"):
        assert hidden not in form


def test_words_find_names_first_and_stay_within_what_the_reader_may_see(client_for: ClientFor) -> None:
    make_organisation(name="Harbour of Friends")
    make_organisation(name="Quay", description="An old harbour office.")
    make_organisation(name="Harbour for members", audience="members")
    titles = [row["title"] for row in data_of(client_for("anonymous"), "q=harbour")["results"]]
    assert titles == ["Harbour of Friends", "Quay"]
    titles = [row["title"] for row in data_of(client_for("member"), "q=harbour")["results"]]
    assert titles == ["Harbour of Friends", "Harbour for members", "Quay"]


VISIBLE = {
    "anonymous": {"Open House"},
    "registered": {"Open House"},
    "member": {"Open House", "Members House"},
    "editor": {"Open House", "Members House", "Staff House"},
    "reviewer": {"Open House", "Members House", "Staff House"},
    "administrator": {"Open House", "Members House", "Staff House"},
}


@pytest.mark.parametrize(("role", "names"), VISIBLE.items())
def test_every_outlet_shows_what_the_role_may_see(client_for: ClientFor, role: str, names: set[str]) -> None:
    made = [
        make_organisation(name="Open House", services=[make_service("shelter", languages=["it"])]),
        make_organisation(
            name="Members House", audience="members", services=[make_service("shelter", languages=["sq"])]
        ),
        make_organisation(name="Staff House", audience="staff", services=[make_service("shelter", languages=["ka"])]),
    ]
    make_network("Round Table", made)
    make_draft_organisation(name="Draft House", services=[make_service("shelter", languages=["mt"])])
    hidden = {"Open House", "Members House", "Staff House", "Draft House"} - names
    client = client_for(role)
    data = data_of(client)
    assert {row["title"] for row in data["results"]} == names
    assert data["total"] == len(names)
    assert sum(option["count"] for option in data["facets"]["language"]) == len(names)
    assert data["facets"]["network"] == [
        {"value": "round-table", "label": "Round Table", "count": len(names), "chosen": False}
    ]
    assert {line["Name"] for line in lines_of(client)} == names
    for view in ("list", "table", "map"):
        page = page_of(client, f"view={view}")
        assert all(name in page for name in names)
        assert not any(name in page for name in hidden)
    assert data_of(client, "language=mt")["total"] == 0


def office(**values: Any) -> Organisation:
    organisation = build_organisation(
        name="Casa Lumina",
        office_phone="+40 21 555 01 32",
        office_email="office@lumina.example.org",
        office_fax="+40 21 555 01 33",
        **values,
    )
    shown = values.get("office_public", False)
    organisation.locations = [Location(city="Iași", address="Strada Lungă 4", shown=True, public=shown)]
    published: Organisation = publish_record(record=organisation)
    return published


@pytest.mark.parametrize(
    ("role", "opted_in", "sees"),
    [
        ("anonymous", False, False),
        ("registered", False, False),
        ("member", False, True),
        ("editor", False, True),
        ("anonymous", True, True),
    ],
)
def test_office_contacts_are_in_no_outlet_for_those_who_may_not_see_them(
    client_for: ClientFor, role: str, opted_in: bool, sees: bool
) -> None:
    office(office_public=opted_in)
    client = client_for(role)
    [line] = lines_of(client)
    assert (line["Office phone"] == "'+40 21 555 01 32") is sees
    assert (line["Office mail"] == "office@lumina.example.org") is sees
    assert (line["City"] == "Iași") is sees
    for page in (page_of(client), page_of(client, "view=table")):
        assert ("Iași" in page) is sees
    raw = client.get(f"{ADDRESS}?format=json").content.decode()
    assert "555" not in raw
    assert "Iași" not in raw


def test_a_row_kept_for_members_is_not_shown_to_others(client_for: ClientFor) -> None:
    office()
    assert "Iași" in page_of(client_for("member"))
    assert "Iași" not in page_of(client_for("anonymous"))
    assert "Iași" in page_of(client_for("member"))


def test_a_change_is_seen_at_once(client: Client) -> None:
    organisation = make_organisation(name="Casa Lumina", services=[make_service("shelter")])
    assert "Casa Lumina" in page_of(client)
    organisation.name = "Casa Nova"
    organisation.audience = "public"
    publish_record(record=organisation)
    assert "Casa Nova" in page_of(client)
    assert "Casa Lumina" not in page_of(client)
    organisation = Organisation.objects.get(pk=organisation.pk)
    organisation.audience = "members"
    publish_record(record=organisation)
    assert "Casa Nova" not in page_of(client)


def test_the_file_has_one_line_each_and_no_formula(client: Client) -> None:
    make_organisation(name="=cmd()", services=[make_service("shelter", ages=["minor"])])
    make_organisation(name="Quiet House", services=[make_service("shelter")])
    lines = lines_of(client, "age=minor")
    assert [line["Name"] for line in lines] == ["'=cmd()", "Quiet House"]
    assert [line["Answers your filters"] for line in lines] == ["yes", "not stated"]
    assert lines[0]["Why"] == "Shelter: minors"
    assert lines[0]["Address"].startswith("http://testserver/en/directory/")


ADDRESSES = [
    ADDRESS,
    f"{ADDRESS}?country=IT&service=shelter&age=minor&language=ro",
    f"{ADDRESS}?view=table",
    f"{ADDRESS}?view=map",
    f"{ADDRESS}?q=house",
    f"{ADDRESS}?format=json",
    f"{ADDRESS}?format=csv",
    f"{ADDRESS}?country=FR&service=hotline",
]


def more_houses(number: int) -> None:
    for _number in range(number):
        services = [make_service("shelter", languages=["ro"], ages=["minor"]) for _service in range(3)]
        make_organisation(name=f"House {Organisation.objects.count()}", services=services, city="Bari")


@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_more_rows_cost_no_more_queries(client_for: ClientFor, role: str) -> None:
    client = client_for(role)
    more_houses(4)
    few = costs(client, ADDRESSES)
    more_houses(5)
    assert costs(client, ADDRESSES) == few
    assert max(few.values()) <= 12


def test_rows_that_were_never_shown_cost_few_queries(client: Client) -> None:
    more_houses(6)
    client.get(f"{ADDRESS}?country=FR")
    with CaptureQueriesContext(connection) as captured:
        assert page_of(client).count('<article class="result">') == 6
    assert len(captured) <= 8


def test_the_page_stays_small(client: Client) -> None:
    more_houses(25)
    assert len(page_of(client).encode()) < 60_000


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
def test_the_list_answers_in_every_language(client: Client, language: str) -> None:
    make_organisation(country="DE", services=[make_service("shelter")])
    page = client.get(f"/{language}/directory/").content.decode()
    name = {"en": "Germany", "fr": "Allemagne", "de": "Deutschland", "es": "Alemania", "it": "Germania"}[language]
    assert name in page
    assert f'<html lang="{language}"' in page


def test_a_page_sets_no_cookie(client: Client) -> None:
    make_organisation()
    assert not client.get(ADDRESS).cookies
