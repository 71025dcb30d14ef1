"""The facets of the directory against a count done the slow way, from the rows in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.filters import FACETS, ORGANISATIONS
from directory.models import Organisation, Service
from platform_site.listing.state import ListState
from platform_site.records.services import publish_record
from platform_site.vocabulary.models import Term
from tests.directory.conftest import COUNTRIES, EXPLOITATION, LANGUAGES, TARGETS
from tests.factories import make_network, make_organisation, make_service, make_user

pytestmark = pytest.mark.django_db

Verdict = str
VALUES: dict[str, list[str]] = {
    "country": [*COUNTRIES, "FR"],
    "region": ["europe", "southern_europe", "western_balkans", "africa", "western_africa"],
    "service": ["accommodation", "shelter", "housing_search", "justice", "legal_aid", "airport_reception", "care"],
    "target": TARGETS,
    "age": ["adult", "minor"],
    "gender": ["female", "male", "transgender"],
    "exploitation": EXPLOITATION,
    "language": LANGUAGES,
    "accommodation": ["yes", "no"],
    "cost": ["free", "contribution", "paid"],
    "referral": ["yes", "no"],
    "residence": ["any", "regular"],
    "cooperation": ["yes", "no"],
    "identification": ["yes", "no"],
    "mandate": ["yes", "no"],
    "capacity": ["open", "full"],
    "based_in": COUNTRIES,
    "type": ["ngo", "public_authority", "trade_union"],
    "network": ["open-table", "closed-table"],
    "membership": ["member", "listed", "suspended"],
    "freshness": ["confirmed", "due", "stale", "imported"],
}
RECORD_FACETS = {"based_in", "type", "network", "membership", "freshness"}
SAID_OR_NOT = set(VALUES) - RECORD_FACETS - {"country", "region", "service"}
TERM_LISTS = {
    "target": "target_groups",
    "age": "ages",
    "gender": "genders",
    "exploitation": "exploitation_types",
    "language": "languages",
}
FIELDS = {
    "cost": "cost",
    "referral": "referral_needed",
    "residence": "residence_status",
    "cooperation": "cooperation_required",
    "identification": "identification_required",
    "mandate": "official_mandate",
    "capacity": "capacity_state",
}


def above(term: Term | None) -> set[str]:
    """Return the code of a term and of all terms above it, walked in the database."""
    found = set()
    while term is not None:
        found.add(term.code)
        term = term.parent
    return found


def regions(countries: list[Term]) -> set[str]:
    """Return the regions of countries, wider ones included."""
    found: set[str] = set()
    for country in countries:
        found |= above(Term.objects.get(vocabulary="regions", code=country.attributes["region"]))
    return found


def works_in(organisation: Organisation) -> list[Term]:
    """Return the country of the seat and the other countries of work."""
    named = [row.term for row in organisation.terms.select_related("term") if row.term.vocabulary == "countries"]
    return [organisation.country, *named]


def slow_row(service: Service) -> dict[str, set[str]]:
    """Return what one service says, read from its rows one by one."""
    terms = [row.term for row in service.terms.select_related("term")]
    countries = [term for term in terms if term.vocabulary == "countries"] or works_in(service.organisation)
    row = {
        "country": {country.code for country in countries},
        "region": regions(countries),
        "service": above(service.service_type),
        "accommodation": {service.accommodation} - {""},
    }
    houses = "accommodation" in row["service"] and service.service_type.code != "housing_search"
    if houses:
        row["accommodation"] = {"yes"}
    for name, list_name in TERM_LISTS.items():
        row[name] = set().union(*(above(term) for term in terms if term.vocabulary == list_name))
    for name, field in FIELDS.items():
        row[name] = {getattr(service, field)} - {""}
    return row


def slow_age(organisation: Organisation) -> str:
    """Return how old an entry is, by days: the ages of these tests stay clear of the edges of months."""
    today = timezone.localdate()
    since = organisation.confirmed_on or organisation.imported_on
    days = (today - since).days
    if days > 380:
        return "stale"
    if not organisation.confirmed_on:
        return "imported"
    return "confirmed" if days < 180 else "due"


class SlowRecord:
    """An organisation with all that it says, gathered without the index."""

    def __init__(self, organisation: Organisation) -> None:
        self.pk = organisation.pk
        status = organisation.membership_status
        self.own = {
            "based_in": {organisation.country.code},
            "type": {organisation.organisation_type.code},
            "network": {membership.network.slug for membership in organisation.network_memberships.all()},
            "membership": {status.code} if status and status.code != "suspended" else set(),
            "freshness": {slow_age(organisation)},
        }
        self.rows = [slow_row(service) for service in organisation.services.all()]
        countries = works_in(organisation)
        self.home = {"country": {country.code for country in countries}, "region": regions(countries)}

    def verdict(self, chosen: Mapping[str, frozenset[str]]) -> Verdict:
        """Say "match", "not_stated" or "no", from the words of the rule."""
        for name in RECORD_FACETS & set(chosen):
            if not self.own[name] & chosen[name]:
                return "no"
        asked = {name: wanted for name, wanted in chosen.items() if name not in RECORD_FACETS}
        if not asked:
            return "match"
        if not self.rows:
            return "match" if all(self.home.get(name, set()) & wanted for name, wanted in asked.items()) else "no"
        verdicts = {self._of_row(row, asked) for row in self.rows}
        return next(verdict for verdict in ("match", "not_stated", "no") if verdict in verdicts)

    def _of_row(self, row: dict[str, set[str]], asked: Mapping[str, frozenset[str]]) -> Verdict:
        unsaid = False
        for name, wanted in asked.items():
            if row[name] & wanted:
                continue
            if row[name] or name not in SAID_OR_NOT:
                return "no"
            unsaid = True
        return "not_stated" if unsaid else "match"


@st.composite
def choices(draw: Any) -> dict[str, frozenset[str]]:
    """Draw a choice: a few facets, of each one or two values."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True))
    return {name: frozenset(draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=2))) for name in names}


def test_every_facet_is_tried() -> None:
    assert {facet.name for facet in FACETS} == set(VALUES)


@pytest.mark.parametrize("role", ["anonymous", "member", "editor"])
def test_500_states_equal_the_slow_count(organisations: list[Organisation], role: str) -> None:
    user = None if role == "anonymous" else make_user(role)
    readable = {"anonymous": {"public"}, "member": {"public", "members"}}.get(role, {"public", "members", "staff"})
    records = [SlowRecord(one) for one in Organisation.objects.filter(live=True, audience__in=readable)]

    @settings(max_examples=500 if role == "anonymous" else 60)
    @given(choices(), st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3))
    def check(chosen: dict[str, frozenset[str]], counted: list[str]) -> None:
        results = ORGANISATIONS.results(ListState(chosen=chosen), user)
        verdicts = {record.pk: record.verdict(chosen) for record in records}
        matches = [pk for pk, verdict in verdicts.items() if verdict == "match"]
        open_ones = [pk for pk, verdict in verdicts.items() if verdict == "not_stated"]
        assert sorted(results.pks[: results.total]) == sorted(matches)
        assert sorted(results.pks[results.total :]) == sorted(open_ones)
        assert results.not_stated_total == len(open_ones)
        for name in counted:
            for value in VALUES[name]:
                alone = {**chosen, name: frozenset({value})}
                expected = sum(record.verdict(alone) == "match" for record in records)
                assert results.counts[name].get(value, 0) == expected, (name, value)

    check()


def pks_of(user: Any = None, **chosen: str) -> list[int]:
    """Return the matches of a choice, one value per facet."""
    results = ORGANISATIONS.results(
        ListState(chosen={name: frozenset({value}) for name, value in chosen.items()}), user
    )
    return results.pks[: results.total]


def not_stated(**chosen: str) -> list[int]:
    """Return those that do not say."""
    results = ORGANISATIONS.results(
        ListState(chosen={name: frozenset({value}) for name, value in chosen.items()}), None
    )
    return results.pks[results.total :]


ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("target", "women_victims", {"target_groups": ["women_victims"]}),
    ("target", "victims", {"target_groups": ["women_victims"]}),
    ("age", "minor", {"ages": ["minor"]}),
    ("gender", "transgender", {"genders": ["transgender"]}),
    ("exploitation", "sexual_exploitation", {"exploitation_types": ["forced_prostitution"]}),
    ("language", "ro", {"languages": ["ro"]}),
    ("cost", "free", {"cost": "free"}),
    ("referral", "no", {"referral_needed": "no"}),
    ("residence", "any", {"residence_status": "any"}),
    ("cooperation", "no", {"cooperation_required": "no"}),
    ("identification", "yes", {"identification_required": "yes"}),
    ("mandate", "yes", {"official_mandate": "yes"}),
    ("capacity", "full", {"capacity_state": "full", "capacity_as_of": dt.date(2026, 5, 1)}),
]


@pytest.mark.parametrize(("facet", "value", "said"), ROWS)
def test_a_service_that_says_it_matches_and_a_silent_one_does_not_state_it(
    facet: str, value: str, said: dict[str, Any]
) -> None:
    speaking = make_organisation(services=[make_service("legal_aid", **said)])
    silent = make_organisation(services=[make_service("legal_aid")])
    make_organisation(services=[])
    assert pks_of(**{facet: value}) == [speaking.pk]
    assert not_stated(**{facet: value}) == [silent.pk]


def test_one_service_has_to_answer_all_conditions() -> None:
    """A shelter for women and a language course for minors are no shelter for minors."""
    split = make_organisation(
        services=[
            make_service("shelter", ages=["adult"], languages=["ro"]),
            make_service("language_courses", ages=["minor"], languages=["it"]),
        ]
    )
    whole = make_organisation(services=[make_service("shelter", ages=["minor"], languages=["ro"])])
    assert pks_of(service="accommodation", age="minor") == [whole.pk]
    assert pks_of(age="minor", language="ro") == [whole.pk]
    assert split.pk not in not_stated(service="accommodation", age="minor")


def test_the_country_is_the_services_own_else_the_organisations() -> None:
    abroad = make_organisation(country="DE", services=[make_service("shelter", countries=["RO"])])
    at_home = make_organisation(country="DE", services=[make_service("shelter")])
    named = make_organisation(country="DE", services=[])
    assert pks_of(country="RO") == [abroad.pk]
    assert pks_of(country="DE") == [at_home.pk, named.pk]
    assert pks_of(based_in="DE") == [abroad.pk, at_home.pk, named.pk]
    assert pks_of(country="DE", service="shelter") == [at_home.pk]


def test_help_in_finding_housing_is_no_accommodation() -> None:
    searching = make_organisation(services=[make_service("housing_search")])
    housing = make_organisation(services=[make_service("legal_aid", accommodation="yes")])
    outside = make_organisation(services=[make_service("legal_aid", accommodation="no")])
    assert pks_of(service="accommodation") == [searching.pk]
    assert pks_of(accommodation="yes") == [housing.pk]
    assert not_stated(accommodation="yes") == [searching.pk]
    assert pks_of(accommodation="no") == [outside.pk]


def test_old_entries_stand_below_the_others_and_are_never_hidden() -> None:
    today = timezone.localdate()
    old = make_organisation(name="A", confirmed_on=today - dt.timedelta(days=500))
    fresh = make_organisation(name="B", confirmed_on=today)
    results = ORGANISATIONS.results(ListState(), None)
    assert results.pks == [fresh.pk, old.pk]
    assert [section.key for section in results.sections] == ["matches", "lower"]
    assert str(results.sections[1].heading) == "Not confirmed for more than a year"
    assert results.total == 2


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["alpha", "zeta", "Émile"]),
        ("name", ["alpha", "Émile", "zeta"]),
        ("confirmed", ["zeta", "alpha", "Émile"]),
        ("country", ["Émile", "zeta", "alpha"]),
    ],
)
def test_orders(sort: str, names: list[str]) -> None:
    """The best match is what was confirmed lately, then the name."""
    today = timezone.localdate()
    for name, country, days in (("zeta", "IT", 1), ("alpha", "RO", 20), ("Émile", "FR", 240)):
        make_organisation(name=name, country=country, confirmed_on=today - dt.timedelta(days=days))
    found = ORGANISATIONS.results(ListState(sort=sort), None).pks
    labels = dict(Organisation.objects.values_list("pk", "name"))
    assert [labels[pk] for pk in found] == names


@pytest.mark.parametrize(
    ("language", "codes"),
    [("en", ["AT", "CY", "DE"]), ("de", ["DE", "AT", "CY"]), ("fr", ["DE", "AT", "CY"]), ("es", ["DE", "AT", "CY"])],
)
def test_countries_stand_by_their_names_in_the_readers_language(language: str, codes: list[str]) -> None:
    """Österreich comes before Zypern."""
    made = {make_organisation(country=code).pk: code for code in ("CY", "DE", "AT")}
    with translation.override(language):
        found = ORGANISATIONS.results(ListState(sort="country"), None).pks
    assert [made[pk] for pk in found] == codes


@pytest.mark.parametrize(
    ("served", "countries"), [([], {"DE", "PL", "RO"}), (["FR"], {"FR"}), (["PL", "FR"], {"PL", "FR"})]
)
def test_a_service_is_found_where_it_is_given_else_where_its_organisation_works(
    served: list[str], countries: set[str]
) -> None:
    found = make_organisation(
        country="DE", countries=["PL", "RO"], services=[make_service("shelter", countries=served)]
    )
    for code in ("DE", "PL", "RO", "FR"):
        assert pks_of(country=code, service="shelter") == ([found.pk] if code in countries else [])
    assert pks_of(region="eastern_europe") == ([found.pk] if "RO" in countries else [])
    assert pks_of(based_in="PL") == []


def test_another_country_of_work_that_is_added_is_found_at_once() -> None:
    organisation = make_organisation(country="DE", services=[make_service("shelter")])
    assert pks_of(country="RO") == []
    organisation.set_codes("countries", ["RO"])
    publish_record(record=organisation)
    assert pks_of(country="RO") == [organisation.pk]
    silent = make_organisation(country="IT", countries=["RO"], services=[])
    assert sorted(pks_of(country="RO")) == sorted([organisation.pk, silent.pk])


def test_a_network_for_members_is_no_filter_of_the_public() -> None:
    from directory.network_options import network_options

    member = make_organisation()
    make_network("Quiet Table", [member], audience="members")
    assert network_options(None) == []
    assert [option.value for option in network_options(make_user("member"))] == ["quiet-table"]
