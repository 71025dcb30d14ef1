"""Who answers a case, in which order, and why."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from directory.filters import ORGANISATIONS
from directory.listed import listed_organisations
from directory.models import Organisation
from directory.situation.ranking import NEAR, NOT_STATED, STATED, Ranked, Wish, ranked
from directory.situation.reasons import reason_of
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def wish(origin: str = "", also: tuple[str, ...] = (), **chosen: str) -> Wish:
    return Wish({name: frozenset(codes.split()) for name, codes in chosen.items()}, origin, also)


def answers(asked: Wish) -> list[tuple[str, str]]:
    """Return the names of the organisations that answer, with how."""
    found = ranked(asked, VISITOR)
    names = Organisation.objects.in_bulk([one.pk for one in found])
    return [(names[one.pk].name, one.match) for one in found]


def meeting(name: str, *kinds: str, country: str = "RO", audience: str = "public", **terms: list[str]) -> Organisation:
    services = [make_service(kind, **terms) for kind in kinds]
    return make_organisation(name=name, country=country, services=services, audience=audience)


def test_what_is_stated_comes_before_what_is_not_and_that_before_the_nearest() -> None:
    meeting("Silent", "airport_reception")
    meeting("Men only", "airport_reception", genders=["male"])
    meeting("Women", "airport_reception", genders=["female"])
    meeting("Elsewhere", "airport_reception", country="IT", genders=["female"])
    meeting("Other service", "travel_arrangements", genders=["female"])
    meeting("Nothing of it", "hotline", genders=["female"])
    assert answers(wish(country="RO", service="airport_reception", gender="female")) == [
        ("Women", STATED),
        ("Silent", NOT_STATED),
        ("Men only", NEAR),
        ("Other service", NEAR),
        ("Elsewhere", NEAR),
    ]


def test_several_services_are_asked_of_one_organisation() -> None:
    meeting("One of them", "legal_aid")
    meeting("Two of them", "legal_aid", "medical_care")
    meeting("All", "legal_aid", "medical_care", "shelter")
    asked = wish(country="RO", service="legal_aid medical_care shelter")
    assert answers(asked) == [("All", STATED), ("Two of them", NEAR), ("One of them", NEAR)]
    assert [one.missing for one in ranked(asked, VISITOR)] == [(), ("shelter",), ("shelter", "medical_care")]


def test_conditions_hold_on_the_same_service() -> None:
    make_organisation(
        name="Two houses",
        country="RO",
        services=[make_service("shelter", genders=["male"]), make_service("legal_aid", genders=["female"])],
    )
    assert answers(wish(country="RO", service="shelter", gender="female")) == [("Two houses", NEAR)]


def test_before_a_journey_help_where_it_begins_is_near() -> None:
    meeting("There", "documents", country="NG")
    meeting("Here", "documents", country="FR")
    asked = wish(origin="FR", country="NG FR", service="documents")
    assert answers(asked) == [("There", STATED), ("Here", NEAR)]
    meeting("Arrival here", "airport_reception", country="FR")
    at_arrival = wish(origin="FR", country="NG FR", service="airport_reception")
    assert ("Arrival here", STATED) not in answers(at_arrival)


def test_what_the_case_suggests_puts_first_and_shuts_nobody_out() -> None:
    meeting("A", "airport_reception")
    meeting("B", "airport_reception", "assisted_return")
    asked = wish(also=("assisted_return",), country="RO", service="airport_reception")
    assert [name for name, _match in answers(asked)] == ["B", "A"]


def test_least_important_conditions_are_dropped_first() -> None:
    meeting("Wrong language", "shelter", genders=["female"], languages=["ro"])
    meeting("Wrong gender", "shelter", genders=["male"], languages=["hu"])
    asked = wish(country="RO", service="shelter", gender="female", language="hu")
    assert [name for name, _match in answers(asked)] == ["Wrong language", "Wrong gender"]


def test_nobody_is_named_to_whom_may_not_know_of_them() -> None:
    meeting("Hidden", "shelter", audience="members")
    assert answers(wish(country="RO", service="shelter")) == []
    assert answers(wish()) == []


def test_no_one_without_the_service_or_the_country_stands_above_one_with_both(
    organisations: list[Organisation],
) -> None:
    services, countries = ["shelter", "legal_aid", "airport_reception"], ["IT", "RO", "XK"]
    for service, country, gender in itertools.product(services, countries, ["", "female"]):
        asked = wish(country=country, service=service, **({"gender": gender} if gender else {}))
        having = ORGANISATIONS.index().evaluate(
            {"country": frozenset({country}), "service": frozenset({service})}, ORGANISATIONS.visible(VISITOR)
        )
        both = set(ORGANISATIONS.index().in_order(having.matches, "best"))
        order = [one.pk in both for one in ranked(asked, VISITOR)]
        assert order == sorted(order, reverse=True)
        assert sum(order) == len(both)


def reason(organisation: Organisation, asked: Wish) -> str:
    found: list[Ranked] = ranked(asked, VISITOR)
    listed = listed_organisations([organisation.pk], VISITOR)[organisation.pk]
    return reason_of(listed, next(one for one in found if one.pk == organisation.pk), asked)


def test_the_reason_says_what_where_for_whom_and_how_old_the_entry_is() -> None:
    confirmed = timezone.localdate() - dt.timedelta(days=95)
    house = make_organisation(
        country="RO",
        services=[make_service("airport_reception", genders=["female"], ages=["adult"])],
        confirmed_on=confirmed,
    )
    said = reason(house, wish(country="RO", service="airport_reception", gender="female", language="hu"))
    assert said == (
        "Reception at airport, station or border: women; Romania; not stated: Language; confirmed 3 months ago"
    )


def test_the_reason_of_a_near_one_says_what_is_missing() -> None:
    house = meeting("House", "legal_aid", genders=["male"])
    said = reason(house, wish(country="RO", service="legal_aid shelter", gender="female"))
    assert "does not state: Shelter" in said
    assert "names others: Gender" in said
    assert said.endswith("not yet confirmed")
    abroad = meeting("Abroad", "shelter", country="IT")
    assert "in another country: Italy" in reason(abroad, wish(country="BG", service="shelter"))


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def test_the_command_answers_each_line(tmp_path: Path) -> None:
    meeting("House", "airport_reception")
    file = written(
        tmp_path / "cases.jsonl",
        {"id": 1, "lang": "en", "situation": "return to Romania, somebody at the airport"},
        {"id": "b", "lang": "de", "situation": "Abholung am Flughafen in Rumänien"},
        {"id": "c", "lang": "fr", "situation": "xyz"},
    )
    out = StringIO()
    call_command("find_counterpart", file, stdout=out)
    first, second, third = map(json.loads, out.getvalue().splitlines())
    key = Organisation.objects.get().key
    assert first["id"] == 1
    assert first["filters"] == {"country": ["RO"], "service": ["airport_reception"]}
    assert [(one["key"], one["match"]) for one in first["results"]] == [(key, "stated")]
    assert second["results"][0]["reason"].startswith("Empfang an Flughafen")
    assert third == {"id": "c", "filters": {}, "results": []}


@pytest.mark.parametrize(
    "line", [[], {"id": 1, "lang": "en"}, {"id": 1, "lang": "xx", "situation": "a"}, "text"], ids=str
)
def test_the_command_names_a_line_that_it_cannot_use(tmp_path: Path, line: object) -> None:
    with pytest.raises(CommandError, match="Line 1"):
        call_command("find_counterpart", written(tmp_path / "cases.jsonl", line), stdout=StringIO())


def test_the_command_needs_a_file_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("find_counterpart", tmp_path / "none.jsonl", stdout=StringIO())
