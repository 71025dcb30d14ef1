"""The list of charts: who sees what, in each of its forms; states that make no sense; its price."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from platform_site.records.services import withdraw_record
from tests.costs import queries
from tests.factories import ROLES, make_chart, make_draft_chart, make_organisation

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
AUDIENCES = {
    "public": set(ROLES),
    "members": {"member", "editor", "reviewer", "administrator"},
    "staff": {"editor", "reviewer", "administrator"},
}


def body(response: HttpResponse) -> str:
    """Return what was sent, streamed or not."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def test_who_sees_which_chart_in_which_form(client_for: ClientFor) -> None:
    for audience in AUDIENCES:
        make_chart(audience=audience, name=f"Chart for {audience}")
    make_draft_chart(name="Chart in drawing")
    gone = make_chart(name="Chart withdrawn")
    withdraw_record(record=gone, user=None, reason="It ended.")
    for role in ROLES:
        client = client_for(role)
        data = client.get("/en/practices/?format=json").json()
        expected = {f"Chart for {audience}" for audience, roles in AUDIENCES.items() if role in roles}
        assert {result["title"] for result in data["results"]} == expected, role
        assert data["total"] == len(expected)
        assert sum(option["count"] for option in data["facets"]["country"]) == len(expected)
        for query in ("", "?format=csv", "?q=Chart"):
            shown = body(client.get(f"/en/practices/{query}"))
            named = {name for name in ("public", "members", "staff") if f"Chart for {name}" in shown}
            assert named == {name.removeprefix("Chart for ") for name in expected}, (role, query)
            assert "in drawing" not in shown
            assert "withdrawn" not in shown


def test_an_organisation_for_members_is_named_to_members_only(client_for: ClientFor) -> None:
    hidden = make_organisation(audience="members", name="Hidden house", short_name="HiddenHouse", slug="hidden-house")
    make_chart(organisations=[hidden, make_organisation(name="Open house")])
    queries = ("", "?more=organisation", "?format=json", "?format=csv", "?q=Hidden", "?organisation=open-house")
    for role in ("anonymous", "registered"):
        for query in queries:
            shown = body(client_for(role).get(f"/en/practices/{query}"))
            assert "HiddenHouse" not in shown.replace(" ", ""), (role, query)
        unknown = client_for(role).get("/en/practices/?organisation=hidden-house&format=json").json()
        nothing = client_for(role).get("/en/practices/?organisation=no-such-house&format=json").json()
        assert unknown["total"] == nothing["total"] == 1
        assert [note.replace("hidden-house", "x") for note in unknown["notices"]] == [
            note.replace("no-such-house", "x") for note in nothing["notices"]
        ]
    found = client_for("member").get("/en/practices/?organisation=hidden-house&format=json").json()
    assert (found["total"], found["notices"]) == (1, [])
    assert found["results"][0]["match"] == ["Organisation: HiddenHouse"]


def test_data_of_the_list(client_for: ClientFor) -> None:
    make_chart(
        chart_no=5,
        name="Talks",
        country="RO",
        funding=[("City", "public_local", 40)],
        typologies=("training_key_actors",),
    )
    make_chart(chart_no=6, name="Silent", country="RO")
    make_chart(chart_no=7, name="Otherwise paid", country="RO", funding=[("Fund", "foundation", None)])
    data = client_for("anonymous").get("/en/practices/?country=RO&funding=public_local&format=json").json()
    assert (data["total"], data["not_stated_total"], data["page"], data["pages"], data["next"]) == (1, 1, 1, 1, None)
    assert data["results"] == [
        {
            "key": "practice:5",
            "title": "Talks",
            "url": "/en/practices/5/",
            "country": "RO",
            "match": ["Country: Romania", "Funding: Regional and local public funds"],
            "stated": True,
        },
        {
            "key": "practice:6",
            "title": "Silent",
            "url": "/en/practices/6/",
            "country": "RO",
            "match": ["Country: Romania", "Kind of funding: not stated"],
            "stated": False,
        },
    ]
    funding = {option["value"]: (option["count"], option["chosen"]) for option in data["facets"]["funding"]}
    assert funding == {"public_local": (1, True), "foundation": (1, False)}


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("period=2005-2009&period=2020-2024", ["Period: 2020–2024"]),
        ("period=2010-2014&period=2015-2019&period=2020-2024", ["Period: 2015–2019, 2020–2024"]),
        ("running=yes&running=no", ["Still running: No, it has ended"]),
        ("level=local&level=national&level=transnational", ["Level: National, Local"]),
        ("country=FR&country=IT&country=RO", ["Country: Romania, Italy"]),
        ("language=en&language=fr&language=de", ["Language of the text: English, French"]),
        ("target=professionals&running=no", ["Target group: Social workers", "Still running: No, it has ended"]),
        ("running=no&funding=foundation", ["Still running: No, it has ended", "Kind of funding: not stated"]),
    ],
)
def test_a_reason_names_what_the_chart_has_and_nothing_else(
    query: str, reasons: list[str], client_for: ClientFor
) -> None:
    make_chart(
        start="2019-03",
        end="2023",
        country="RO",
        countries=["IT"],
        levels=("national", "local"),
        targets=("social_workers",),
        translations={"fr": {"name": "Nom"}},
    )
    (found,) = client_for("anonymous").get(f"/en/practices/?{query}&format=json").json()["results"]
    assert found["match"] == reasons


def test_data_comes_by_the_hundred(client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_site.listing.views.DATA_PAGE_SIZE", 2)
    for _number in range(3):
        make_chart()
    client = client_for("anonymous")
    first = client.get("/en/practices/?format=json&sort=number").json()
    assert (first["pages"], len(first["results"])) == (2, 2)
    second = client.get(first["next"]).json()
    assert (second["page"], len(second["results"]), second["next"]) == (2, 1, None)
    keys = [result["key"] for result in first["results"] + second["results"]]
    assert len(set(keys)) == 3


def test_the_file_has_every_chart_and_no_formula(client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_site.listing.views.CSV_PART", 2)
    make_chart(chart_no=1, name='=HYPERLINK("x")', funding=[("State, city", "public_local", 12.5), ("Fund", "", None)])
    for number in range(2, 6):
        make_chart(chart_no=number, translations={"fr": {"name": f"Nom {number}"}})
    response = client_for("anonymous").get("/fr/practices/?format=csv&sort=number")
    assert response["Content-Disposition"] == 'attachment; filename="practices.csv"'
    rows = list(csv.reader(io.StringIO(body(response))))
    assert len(rows) == 6
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    assert rows[1][1].startswith("'=")
    assert "State, city (12.5 %); Fund" in rows[1]
    # The file is sent after the request: it stays in the reader's language all the same.
    assert [row[1] for row in rows[2:]] == ["Nom 2", "Nom 3", "Nom 4", "Nom 5"]
    assert "Italie" in rows[1]


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", "page=1e9", "page=99999999999999999999", "page=77", "page=%00", "sort=nonsense",
        "country=Atlantis", "country=%00", "category=Z&category=A", "format=xml", "funding=%F0%9F%98%80", "view=map",
        "q=%00%22%27%25", "compare=x&compare=99999999", "more=nothing", "chart=1", "period=yesterday", "running=maybe",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(query: str, client_for: ClientFor) -> None:
    make_chart(name="Steady", categories="A")
    response = client_for("anonymous").get(f"/en/practices/?{query}")
    assert response.status_code == 200
    if not query.startswith("q="):
        assert "Steady" in body(response)


words = st.text(max_size=12)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["category", "country", "q", "page", "sort", "format", "compare", "x"]), words))
)
@example([("q", "\ud7ff" * 300)])
@example([("format", "json"), ("page", "٣")])
def test_no_parameter_breaks_the_list(pairs: list[tuple[str, str]]) -> None:
    response = Client().get("/en/practices/", pairs_to_query(pairs))
    assert response.status_code == 200


def pairs_to_query(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return pairs as the test client takes them."""
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query


def test_no_results_say_what_would_help(client_for: ClientFor) -> None:
    make_chart(country="IT", categories="A")
    make_chart(country="RO", categories="B")
    response = client_for("anonymous").get("/en/practices/?country=IT&category=B&q=practice")
    helping = {chip.value_label: chip.total_without for chip in response.context["helping_chips"]}
    assert set(helping.values()) == {1}
    assert len(helping) == 2
    assert "Without Country “Italy”:" in body(response)
    none = client_for("anonymous").get("/en/practices/?country=FR&category=C&level=local")
    assert none.context["helping_chips"] == []
    assert "Take out several" in body(none)


def test_charts_that_do_not_say_stand_under_their_own_heading(client_for: ClientFor) -> None:
    make_chart(name="Told", funding=[("Fund", "foundation", 100)])
    make_chart(name="Untold", funding=[("A source of no stated kind", "", 100)])
    page = body(client_for("anonymous").get("/en/practices/?funding=foundation"))
    heading = "Charts that do not say what kind of funding they have"
    assert page.index("Told") < page.index(heading) < page.index("Untold")
    assert "1 practice chart</strong> of 2" in page


def test_words_find_names_first(client_for: ClientFor) -> None:
    make_chart(name="Something else", text={"background": "A word about harvest."})
    make_chart(name="The harvest bus")
    data = client_for("anonymous").get("/en/practices/?q=harvest&format=json").json()
    assert [result["title"] for result in data["results"]] == ["The harvest bus", "Something else"]


def test_charts_stay_chosen_while_the_reader_looks_for_more(client_for: ClientFor) -> None:
    make_chart(chart_no=1, country="IT")
    make_chart(chart_no=2, country="RO")
    page = body(client_for("anonymous").get("/en/practices/?compare=1&country=RO"))
    assert '<input type="hidden" name="chart" value="1">' in page
    assert '<input type="hidden" name="compare" value="1">' in page
    page = body(client_for("anonymous").get("/en/practices/?compare=1"))
    assert '<input type="checkbox" name="chart" value="1" checked>' in page


@pytest.mark.parametrize(
    "query",
    ["", "?funding=foundation&country=IT", "?q=practice", "?format=json", "?format=csv", "?country=FR&category=D"],
)
def test_price_of_the_list(query: str, client_for: ClientFor) -> None:
    client = client_for("anonymous")
    shared: dict[str, Any] = {"translations": {"fr": {"name": "Nom"}}, "funding": [("Fund", "foundation", 10)]}
    for _number in range(3):
        make_chart(**shared)
    few = queries(client, f"/en/practices/{query}")
    for _number in range(5):
        make_chart(**shared)
    assert queries(client, f"/en/practices/{query}") == few
    assert few <= 12
