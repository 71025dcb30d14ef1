"""What others ask of the directory: hotlines and figures, for each reader."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory import selectors
from directory.models import Hotline, Organisation
from platform_site.blocks import figures
from platform_site.records.services import publish_record
from tests.factories import (
    build_organisation,
    make_draft_organisation,
    make_network,
    make_organisation,
    make_service,
    make_user,
)

pytestmark = pytest.mark.django_db


def with_hotlines(*numbers: str, draft: bool = False, **values: object) -> Organisation:
    organisation = build_organisation(**values)
    organisation.hotlines = [Hotline(number=number, hours="24/7") for number in numbers]
    if draft:
        organisation.live = False
        organisation.save()
        return organisation
    published: Organisation = publish_record(record=organisation)
    return published


def test_hotlines_are_those_that_the_reader_may_see() -> None:
    with_hotlines("0800 1", country="IT")
    with_hotlines("0800 2", country="IT", audience="members")
    with_hotlines("0800 3", country="IT", draft=True)
    assert [line.number for line in selectors.public_hotlines(None)] == ["0800 1"]
    assert [line.number for line in selectors.public_hotlines(make_user("member"))] == ["0800 1", "0800 2"]


def test_a_hotline_says_all_that_a_caller_needs() -> None:
    organisation = build_organisation(country="RO", name="Casa")
    row = Hotline(number="+40 800 800 678", hours="24/7", time_zone="Europe/Bucharest", free="yes")
    row.set_codes("languages", ["ro", "en"])
    row.set_codes("target_groups", ["victims"])
    organisation.hotlines = [row]
    publish_record(record=organisation)
    [line] = selectors.public_hotlines(None)
    assert line.organisation.name == "Casa"
    assert line.hours_text == "24/7 (time of Bucharest)"
    assert line.languages == ["Romanian", "English"]
    assert [country.code for country in line.countries] == ["RO"]
    assert line.target_groups == ["Victims of trafficking"]
    assert line.free
    assert not line.for_professionals
    assert line.dial_address == "tel:+40800800678"


def test_hotlines_of_a_country_are_those_that_cover_it() -> None:
    abroad = build_organisation(country="DE")
    covering = Hotline(number="0800 1")
    covering.set_codes("countries", ["RO", "DE"])
    elsewhere = Hotline(number="0800 2")
    elsewhere.set_codes("countries", ["FR"])
    abroad.hotlines = [covering, elsewhere]
    publish_record(record=abroad)
    with_hotlines("0800 3", country="RO")
    assert [line.number for line in selectors.hotlines_for_country("RO", None)] == ["0800 3", "0800 1"]
    assert [line.number for line in selectors.hotlines_for_country("DE", None)] == ["0800 1"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ([], False),
        (["victims"], False),
        (["professionals"], True),
        (["professionals", "law_enforcement"], True),
        (["social_workers"], True),
        (["social_workers", "general_public"], False),
    ],
)
def test_a_line_is_for_professionals_where_nobody_else_is_named(who: list[str], expected: bool) -> None:
    row = Hotline(number="0800 1")
    row.set_codes("target_groups", who)
    organisation = build_organisation(country="RO")
    organisation.hotlines = [row]
    publish_record(record=organisation)
    [line] = selectors.public_hotlines(None)
    assert line.for_professionals is expected


def test_hotlines_cost_three_queries() -> None:
    for number in range(6):
        with_hotlines(f"0800 {number}")
    selectors.public_hotlines(None)
    with CaptureQueriesContext(connection) as captured:
        assert len(selectors.public_hotlines(None)) == 6
    assert len(captured) <= 3


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (None, {"organisations": 1, "countries": 1, "services": 2, "hotlines": 0, "networks": 1}),
        ("member", {"organisations": 2, "countries": 2, "services": 3, "hotlines": 0, "networks": 2}),
    ],
)
def test_figures_count_what_the_reader_may_see(role: str | None, expected: dict[str, int]) -> None:
    public = make_organisation(country="IT", services=[make_service("shelter"), make_service("legal_aid")])
    make_organisation(country="RO", audience="members", services=[make_service("shelter")])
    make_draft_organisation(country="FR", services=[make_service("shelter")])
    make_network("Open", [public])
    make_network("Quiet", [public], audience="members")
    user = make_user(role) if role else None
    assert {name: figures.value(name, user) for name in expected} == expected
    assert figures.value("programmes", user) == 0
