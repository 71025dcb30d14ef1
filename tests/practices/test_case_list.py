"""The list of case studies: who sees what, in each of its forms; its facets; nonsense; its price."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site.records.services import publish_record, withdraw_record
from practices.cases.filters import FACETS
from practices.cases.template import GROUP_BY_KEY, GROUPS
from tests.factories import ROLES, make_case, make_draft_case, make_organisation
from tests.practices.test_practice_list import AUDIENCES, body

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
WITH_CONSENT = {"consent_kind": "written", "consent_on": dt.date(2024, 1, 2)}


def test_who_sees_which_case_study_in_which_form(client_for: ClientFor) -> None:
    for audience in AUDIENCES:
        make_case(audience=audience, title=f"Case for {audience}")
    make_draft_case(title="Case in drawing")
    gone = make_case(title="Case withdrawn")
    withdraw_record(record=gone, user=None, reason="It ended.")
    for role in ROLES:
        client = client_for(role)
        data = client.get("/en/case-studies/?format=json").json()
        expected = {f"Case for {audience}" for audience, roles in AUDIENCES.items() if role in roles}
        assert {result["title"] for result in data["results"]} == expected, role
        assert data["total"] == len(expected)
        for query in ("", "?format=csv", "?q=Case"):
            shown = body(client.get(f"/en/case-studies/{query}"))
            named = {name for name in AUDIENCES if f"Case for {name}" in shown}
            assert named == {name.removeprefix("Case for ") for name in expected}, (role, query)
            assert "in drawing" not in shown
            assert "withdrawn" not in shown


@pytest.mark.parametrize(("language", "words"), [("de", ", Suche"), ("fr", ", recherche")])
def test_a_title_made_of_kinds_keeps_the_capitals_of_german_nouns(
    client_for: ClientFor, language: str, words: str
) -> None:
    make_case(title="", cooperation=("assisted_return", "tracing"))
    assert words in body(client_for("anonymous").get(f"/{language}/case-studies/"))


def test_an_organisation_for_members_is_named_to_members_only(client_for: ClientFor) -> None:
    hidden = make_organisation(audience="members", name="Hidden house", short_name="HiddenHouse", slug="hidden-house")
    make_case(organisation=hidden)
    queries = ("", "?more=organisation", "?format=json", "?format=csv", "?q=Hidden", "?organisation=hidden-house")
    for query in queries:
        shown = body(client_for("anonymous").get(f"/en/case-studies/{query}"))
        assert "HiddenHouse" not in shown.replace(" ", ""), query
    found = client_for("member").get("/en/case-studies/?organisation=hidden-house&format=json").json()
    assert found["results"][0]["match"] == ["Organisation: HiddenHouse"]


def test_data_of_the_list(client_for: ClientFor) -> None:
    make_case(
        case_no=5,
        country="DE",
        countries=("RO", "DE"),
        cooperation=("assisted_return", "documents"),
        themes={"obstacle": ("identification",)},
    )
    make_case(case_no=6)
    data = client_for("anonymous").get("/en/case-studies/?country=RO&obstacle=identification&format=json").json()
    assert data["results"] == [
        {
            "key": "case:5",
            "title": "Assisted voluntary return, search and issue of documents",
            "url": "/en/case-studies/5/",
            "country": "DE",
            "match": ["Country: Romania", "Obstacles: Person hard to find or to identify"],
            "stated": True,
        }
    ]
    counts = {option["value"]: option["count"] for option in data["facets"]["cooperation"]}
    assert counts == {"assisted_return": 1, "documents": 1}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_each_group_of_the_template_is_a_facet(group: object, client_for: ClientFor) -> None:
    key = group.key  # type: ignore[attr-defined]
    code = next(iter(group.options)).short_code  # type: ignore[attr-defined]
    chosen = {"themes": {key: (code,)}} if group.is_theme else {"ticks": {key: (code,)}}  # type: ignore[attr-defined]
    make_case(title="With", **chosen)
    make_case(title="Without", cooperation=("joint_project",))
    data = client_for("anonymous").get(f"/en/case-studies/?{key}={code}&format=json").json()
    assert [result["title"] for result in data["results"]] == ["With"]
    assert {facet.name for facet in FACETS} == set(data["facets"])


def test_a_wider_option_finds_the_narrower_ones(client_for: ClientFor) -> None:
    make_case(ticks={"contact": ("hotline",)})
    data = client_for("anonymous").get("/en/case-studies/?contact=hotline_or_direct&format=json").json()
    assert data["total"] == 1


def test_facets_that_older_templates_do_not_ask_wait_for_an_answer(client_for: ClientFor) -> None:
    case = make_case()
    assert 'name="outcome"' not in body(client_for("anonymous").get("/en/case-studies/"))
    case.set_codes("case_template_options__outcome", ["outcome/partly"])
    publish_record(record=case)
    assert 'name="outcome"' in body(client_for("anonymous").get("/en/case-studies/"))


def test_the_file(client_for: ClientFor) -> None:
    make_case(case_no=7, title="=Back home", ticks={"gender": ("female",)}, person_code="V-17", **WITH_CONSENT)
    lines = list(csv.reader(io.StringIO(body(client_for("anonymous").get("/en/case-studies/?format=csv")))))
    assert len(lines[0]) == len(lines[1]) == len(GROUPS) + 7
    row = dict(zip(lines[0], lines[1], strict=True))
    assert (row["Case"], row["Title"], row["Gender"]) == ("7", "'=Back home", "Female")
    assert "V-17" not in lines[1]


def test_words_find_titles_before_answers_and_never_the_consent(client_for: ClientFor) -> None:
    make_case(title="Told in passing", text={"answer_12": "A ferry would help."})
    make_case(title="Ferry home")
    client = client_for("administrator")
    found = client.get("/en/case-studies/?q=ferry&format=json").json()["results"]
    assert [result["title"] for result in found] == ["Ferry home", "Told in passing"]
    assert client.get("/en/case-studies/?q=published&format=json").json()["total"] == 0


def test_an_edit_shows_at_once(client_for: ClientFor) -> None:
    case = make_case(title="Before", ticks={"age": ("adult",)})
    client = client_for("anonymous")
    assert client.get("/en/case-studies/?age=adult&format=json").json()["total"] == 1
    case.set_codes("case_template_options__age", ["age/minor"])
    publish_record(record=case)
    assert client.get("/en/case-studies/?age=adult&format=json").json()["total"] == 0
    assert client.get("/en/case-studies/?age=minor&format=json").json()["total"] == 1
    case.organisation.short_name = "Renamed"
    publish_record(record=case.organisation)
    assert "Renamed" in body(client.get("/en/case-studies/"))


@pytest.mark.parametrize(
    "query", ["gender=%00", "country=1", "sort=x&view=y", "page=99999999999", "obstacle=obstacles/other", "format=pdf"]
)
def test_nonsense_is_no_error(query: str, client_for: ClientFor) -> None:
    make_case()
    assert client_for("anonymous").get(f"/en/case-studies/?{query}").status_code == 200


def test_the_price_of_the_list(client_for: ClientFor) -> None:
    client = client_for("anonymous")

    def price(query: str) -> int:
        client.get(f"/en/case-studies/{query}")
        with CaptureQueriesContext(connection) as context:
            client.get(f"/en/case-studies/{query}")
        return len(context)

    queries = ("", "?country=RO&gender=female", "?q=papers", "?sort=country")
    make_case(ticks={"gender": ("female",)})
    before = {query: price(query) for query in queries}
    for _number in range(5):
        make_case(ticks={"gender": ("female",)})
    assert {query: price(query) for query in queries} == before
    assert max(before.values()) <= 12


def test_the_same_title_is_told_apart_wherever_cases_are_listed(client_for: ClientFor) -> None:
    one, other = make_organisation(name="House One"), make_organisation(name="House Two", audience="members")
    make_case(title="Back home", organisation=one, country="DE", countries=("RO",))
    make_case(title="Back home", organisation=other, country="DE", countries=("IT",))
    make_case(title="Alone")
    member, public = client_for("member"), client_for("anonymous")
    for url in ("/en/case-studies/", "/en/countries/DE/", "/en/"):
        shown = html.unescape(member.get(url).content.decode())
        assert "Back home (House One)" in shown, url
        assert "Back home (House Two)" in shown, url
        assert "Alone (" not in shown, url
        shown = html.unescape(public.get(url).content.decode())
        assert "Back home (Germany, Romania)" in shown, "no name that the reader may not see"
        assert "House Two" not in shown, url


def test_only_what_the_reader_sees_is_told_apart(client_for: ClientFor) -> None:
    make_case(title="Back home")
    make_case(title="Back home", audience="members")
    assert "Back home (" not in client_for("anonymous").get("/en/case-studies/").content.decode()
    assert "Back home (" in client_for("member").get("/en/case-studies/").content.decode()


def test_the_same_organisation_and_countries_leave_the_number(client_for: ClientFor) -> None:
    house = make_organisation()
    make_case(case_no=3, title="Back home", organisation=house)
    make_case(case_no=4, title="Back home", organisation=house)
    shown = client_for("anonymous").get("/en/case-studies/").content.decode()
    assert "Back home (Case 3)" in shown
    assert "Back home (Case 4)" in shown


def test_a_row_says_who_and_what_was_done(client_for: ClientFor) -> None:
    house = make_organisation(name="The House of Return", short_name="HR")
    make_case(
        organisation=house,
        ticks={"gender": ("female",), "age": ("minor",), "exploitation": ("labour",)},
        themes={"obstacle": ("identification",), "helped_by": ("legal_aid",)},
    )
    shown = html.unescape(client_for("anonymous").get("/en/case-studies/").content.decode())
    assert "The House of Return" in shown
    options = {key: GROUP_BY_KEY[key] for key in ("gender", "age", "exploitation", "obstacle", "helped_by")}
    label = {key: group.options.label(group.code_of(code)) for (key, group), code in zip(
        options.items(), ("female", "minor", "labour", "identification", "legal_aid"), strict=True)}  # fmt: skip
    line = "{gender}, {age} · {exploitation} · in the way: {obstacle} · what helped: {helped_by}".format(**label)
    assert line in shown
