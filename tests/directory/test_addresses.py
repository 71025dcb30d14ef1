"""No field of a service leads to a door."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Service
from platform_site.records.gate import PublishRefused
from platform_site.safety.addresses import STREETS, address_problem, region_problem
from tests.factories import make_organisation, make_service

REGIONS = [
    "",
    "Apulia",
    "Apulia, province of Barletta-Andria-Trani",
    "Baden-Württemberg",
    "Belgrade",
    "Black Sea region",
    "Cataluña",
    "Central-eastern Italy",
    "Côte d’Azur",
    "L'Aquila",
    "Herzegovina, Neretva Canton",
    "Marche and Abruzzo",
    "Frankfurt an der Oder",
    "St Albans",
    "Θεσσαλονίκη",
    "თბილისი",
    "İzmir",
    "Bucureşti",
    "Viareggio",
    "Norwegen",
    "Potsdam",
    "Freising",
    "Platja d'Aro",
    "Milaan",
]
# Each as the field might be tried, in the languages of the site and some others.
DOORS = [
    "Calle Mayor 5, Barcelona",
    "Calle Mayor, Barcelona",
    "calle mayor",
    "Via Roma, Torino",
    "Piazza Garibaldi",
    "rue Longue, Lyon",
    "12 rue Longue",
    "place de la République",
    "Langestraße, Hamburg",
    "LANGE STRASSE",
    "Mozartgasse",
    "Baker Street",
    "Mill Road, Cambridge",
    "Baker St",
    "Strada Lungă, Iași",
    "ulica Długa",
    "улица Ленина",
    "Lange Gracht straat",
    "28013 Madrid",
    "Madrid 28013",
    "SW1A 1AA",
    "near the station, Turin",
    "Near Saint Mary",
    "next to the town hall",
    "behind the cathedral",
    "près de la gare",
    "derrière l’église",
    "in der Nähe des Bahnhofs",
    "gegenüber dem Rathaus",
    "cerca de la estación",
    "detrás del mercado",
    "vicino alla stazione",
    "dietro il duomo",
    "Convent of the Sisters, Rome",
    "second floor, Rome",
    "Haus Sonne, Köln",
    "Casa Azul, Sevilla",
    "45.07, 7.69",
    "N 45° E 7°",
    "Rome (centre)",
    "Rome; Milan",
    "https://example.org/map",
    "Rome\nVia Appia",
    "x" * 81,
    " , ",
]
PLAIN_REMARKS = [
    "",
    "2 to 3 weeks; with a partner shelter",
    "any form of exploitation; placed at a distance from the exploiters",
    "low and medium risk; location not disclosed; also victims of sexual abuse",
    "address never published",
    "until eighteen, support until twenty-one",
    "24/7",
    "Mon-Fri 8:30-17:00; else by phone",
    "as of 2012, permit under article 18 of law 286/98",
    "contact via WhatsApp or by phone",
    "handbook:1831-1833",
    "In place of a fee, 5 hours of work a week",
    "placed by the municipality",
    "up to 12 months, on the way to an own flat",
    "application 2026",
    "contact via WhatsApp 24/7",
    "after 2 nights on the street",
    "case:1 answer 8;practice:12 activities;handbook:1831-1833",
]
GIVEN_AWAY = [
    "Calle Mayor 5",
    "ring at calle Mayor",
    "12, rue Longue, ring twice",
    "Langestraße 3",
    "lange strasse 3",
    "in the Bahnhofstraße",
    "5 Mill Road",
    "Baker Street",
    "Via Roma",
    "via roma 12",
    "28013 Madrid",
    "postcode 28013",
    "1010 Wien",
    "SW1A 1AA",
    "near the main station",
    "five minutes from the old church",
    "behind the hospital",
    "à côté de la mairie",
    "gegenüber vom Bahnhof",
    "cerca de la estación",
    "vicino alla stazione",
    "45.0703, 7.6869",
    "N 45° 4'",
]
FREE_FIELDS = ["name", "conditions", "hours", "longest_duration", "evidence"]


@pytest.mark.parametrize("text", REGIONS)
def test_names_of_places_pass(text: str) -> None:
    assert region_problem(text) == ""


@pytest.mark.parametrize("text", DOORS)
def test_a_region_is_never_a_way_to_a_door(text: str) -> None:
    assert region_problem(text)


@pytest.mark.parametrize("text", PLAIN_REMARKS)
def test_usual_remarks_pass(text: str) -> None:
    assert address_problem(text) == ""


@pytest.mark.parametrize("text", GIVEN_AWAY)
def test_a_remark_that_leads_there_is_refused(text: str) -> None:
    assert address_problem(text)


@given(st.text(min_size=1, max_size=60), st.integers(0, 99999), st.text(max_size=20))
def test_nothing_with_a_number_is_a_region(before: str, number: int, after: str) -> None:
    assert region_problem(f"{before}{number}{after}")


@given(
    st.sampled_from(sorted(STREETS)),
    st.from_regex(r"\A[A-Za-zäöüéèñ]{1,12}\Z"),
    st.booleans(),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_no_word_for_a_street_passes(street: str, name: str, first: bool, case: object) -> None:
    text = f"{street} {name}" if first else f"{name}, {street}"
    assert region_problem(case(text))  # type: ignore[operator]


@given(st.text(max_size=100))
def test_what_passes_holds_letters_only(text: str) -> None:
    if not region_problem(text):
        assert all(sign.isalpha() or sign in " -‐'’," or unicodedata.combining(sign) for sign in text)
        assert len(text) <= 80


@pytest.mark.django_db
@pytest.mark.parametrize("service_type", ["shelter", "legal_aid", "outreach"])
def test_the_field_refuses_it_beside_the_field_for_every_service(service_type: str) -> None:
    service = make_service(service_type, region="Calle Mayor 5, Barcelona")
    with pytest.raises(ValidationError) as refused:
        service.full_clean(exclude=["organisation"])
    assert list(refused.value.message_dict) == ["region"]


@pytest.mark.django_db
@pytest.mark.parametrize("service_type", ["shelter", "legal_aid"])
def test_the_publish_gate_refuses_it(service_type: str) -> None:
    with pytest.raises(PublishRefused, match="City or region"):
        make_organisation(services=[make_service(service_type, region="near the station")])


@pytest.mark.django_db
@pytest.mark.parametrize("field", FREE_FIELDS)
@pytest.mark.parametrize(
    ("service", "refused"),
    [
        (("shelter", {}), True),
        (("legal_aid", {"accommodation": "yes"}), True),
        (("legal_aid", {}), False),
        (("housing_search", {"accommodation": "no"}), False),
    ],
)
def test_free_fields_of_an_accommodation_hold_no_address(
    field: str, service: tuple[str, dict[str, str]], refused: bool
) -> None:
    kind, values = service
    row = make_service(kind, **values, **{field: "Calle Mayor 5"})
    if not refused:
        row.full_clean(exclude=["organisation"])
        return
    with pytest.raises(ValidationError) as error:
        row.full_clean(exclude=["organisation"])
    assert list(error.value.message_dict) == [field]


def test_every_free_field_of_a_service_is_held_to_it() -> None:
    """A new text of a service is either checked here or named with the reason why it cannot hold an address."""
    free = {
        field.name
        for field in Service._meta.concrete_fields
        if field.get_internal_type() in {"CharField", "TextField"} and not field.choices
    }
    assert free == {*FREE_FIELDS, "region", "capacity_note"}


def test_the_demo_passes() -> None:
    with (Path(settings.BASE_DIR) / "platform_site/demo/services.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert region_problem(row["region"]) == "", row
            if row["accommodation"]:
                assert not any(address_problem(row[name]) for name in ("name", "conditions", "hours")), row
