"""The declared list of organisations: its facets, and how a published organisation is turned into sets.

Conditions on a service hold for the same service. What a service does not say is "not stated", except where it is
given (else it is given where its organisation works: its seat and the other countries it names) and what it is: an
organisation without any service has one closed row, which says where it works and "no" to everything else. Parameters
of addresses are named after the facets: they are an interface.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.access import shown_membership
from directory.freshness import AGE_FIELDS, CONFIRMED, DUE, IMPORTED, KINDS, STALE, freshness_kind
from directory.models import NetworkMembership, Organisation, OrganisationTerm, Service, ServiceTerm
from directory.models.services import Answer, Capacity, Cost, Residence, accommodation_said
from directory.network_options import network_options
from platform_site.listing.declared import Listing, Stamps, stamps_of
from platform_site.listing.facets import Facet, choice_facet, term_facet
from platform_site.listing.index import IndexedRecord, IndexedRow
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import entry_by_id, vocabulary
from search.registration import ranked_keys

UNSAID: dict[str, Any] = {"scope": "row", "absent": "not_stated"}


def regions_of(countries: Iterable[str]) -> frozenset[str]:
    """Return the codes of the regions in which these countries lie; their wider regions come by the facet."""
    known = vocabulary("countries")
    found = (known[code].attributes.get("region", "") for code in countries if code in known)
    return frozenset(region for region in found if region)


def _answers(name: str, label: Any) -> Facet:
    return choice_facet(name, label, lambda: Answer.choices, **UNSAID)


COUNTRY = term_facet("country", _("Country of need"), "countries", scope="row")
FACETS: list[Facet] = [
    COUNTRY,
    term_facet("region", _("Region"), "regions", scope="row"),
    term_facet("service", _("Service"), "service_types", scope="row"),
    term_facet("target", _("Who is helped"), "target_groups", **UNSAID),
    term_facet("age", _("Age"), "ages", **UNSAID),
    term_facet("gender", _("Gender"), "genders", **UNSAID),
    term_facet("exploitation", _("Form of exploitation"), "exploitation_types", **UNSAID),
    term_facet("language", _("Language"), "languages", **UNSAID),
    _answers("accommodation", _("Accommodation")),
    choice_facet("cost", _("Cost"), lambda: Cost.choices, **UNSAID),
    _answers("referral", _("Referral needed")),
    choice_facet("residence", _("Residence status accepted"), lambda: Residence.choices, **UNSAID),
    _answers("cooperation", _("Cooperation with the authorities required")),
    _answers("identification", _("Formal identification required")),
    _answers("mandate", _("Official mandate to identify")),
    choice_facet("capacity", _("Room now"), lambda: Capacity.choices, **UNSAID),
    term_facet("based_in", _("Seat of the organisation"), "countries"),
    term_facet("type", _("Kind of organisation"), "organisation_types"),
    Facet("network", _("Network"), network_options),
    term_facet("membership", _("Membership"), "membership_statuses"),
    choice_facet("freshness", _("Confirmed"), lambda: KINDS),
]
BY_NAME = {facet.name: facet for facet in FACETS}
# Facet of a service to the list of its terms, and to its own field.
TERM_FACETS = {
    "target": "target_groups",
    "age": "ages",
    "gender": "genders",
    "exploitation": "exploitation_types",
    "language": "languages",
}
FIELD_FACETS = {
    "cost": "cost",
    "referral": "referral_needed",
    "residence": "residence_status",
    "cooperation": "cooperation_required",
    "identification": "identification_required",
    "mandate": "official_mandate",
    "capacity": "capacity_state",
}
# What was confirmed lately is worth more to somebody in a hurry: the order within a section, before the name.
BEST_FIRST = (CONFIRMED, DUE, IMPORTED, STALE)
NOTHING: frozenset[str] = frozenset()
# Each answer of a field as a set, made once.
SAID = {answer: frozenset({answer}) for choices in (Answer, Cost, Residence, Capacity) for answer in choices.values}


@dataclass(frozen=True)
class ServiceFacts:
    """What the filters need of a service: its type, its terms by list, its answers by field.

    `homes` are the countries of its organisation, which hold where the service names none.
    """

    service_type: str
    accommodation: str
    homes: tuple[str, ...]
    codes: Mapping[str, Iterable[str]]
    answers: Mapping[str, str] = field(default_factory=dict)


def widened(name: str, codes: Iterable[str]) -> frozenset[str]:
    """Return the values of the facet `name` that a service with `codes` answers to."""
    token = versions.current("vocabulary")
    return NOTHING.union(*[_widened(token, name, code) for code in codes])


# There are thousands of services, and only so many terms.
@lru_cache(maxsize=8192)
def _widened(_token: str, name: str, code: str) -> frozenset[str]:
    return BY_NAME[name].expanded(regions_of([code]) if name == "region" else [code])


def service_row(facts: ServiceFacts) -> IndexedRow:
    """Return the row of one service: each facet's values, wider ones included."""
    countries = tuple(facts.codes.get("countries", ())) or facts.homes
    kind = (facts.service_type,)
    values: dict[str, frozenset[str]] = {
        "country": frozenset(countries),
        "region": widened("region", countries),
        "service": widened("service", kind),
        "accommodation": SAID.get(facts.accommodation, NOTHING),
    }
    for name, list_name in TERM_FACETS.items():
        values[name] = widened(name, tuple(facts.codes.get(list_name, ())))
    for name, field_name in FIELD_FACETS.items():
        answer = facts.answers.get(field_name, "")
        values[name] = SAID.get(answer, NOTHING)
    return IndexedRow(values)


def closed_row(homes: Iterable[str]) -> IndexedRow:
    """Return the one row of an organisation without services: the countries it works in, and "no" to all else."""
    countries = frozenset(homes)
    return IndexedRow({"country": countries, "region": BY_NAME["region"].expanded(regions_of(countries))}, closed=True)


def homes_of(organisation: Organisation) -> tuple[str, ...]:
    """Return the countries in which an organisation (its terms at hand) works: its seat, then those it names."""
    seat = organisation.country_entry
    return tuple(dict.fromkeys([seat.code if seat else "", *organisation.codes("countries")]))


def row_of_service(service: Service, homes: tuple[str, ...]) -> IndexedRow:
    """Return the row of a service with its terms at hand; `homes` are the countries of its organisation."""
    entry = service.type_entry
    facts = ServiceFacts(
        service_type=entry.code if entry else "",
        accommodation=service.accommodates,
        homes=homes,
        codes={name: service.codes(name) for name in Service.term_lists},
        answers={name: getattr(service, name) for name in FIELD_FACETS.values()},
    )
    return service_row(facts)


def load_organisations(published: Any) -> Iterator[IndexedRecord]:
    """Yield the organisations of `published`. Plain values, not instances: there may be thousands."""
    today = timezone.localdate()
    homes = _homes_by_organisation(published)
    rows = _rows_by_organisation(published, homes)
    networks = _networks_by_organisation(published)
    for row in published.values(*RECORD_FIELDS):
        home, kind = _code(row["country_id"]), _code(row["organisation_type_id"])
        membership = shown_membership(row["membership_status_id"])
        age = freshness_kind(**{name: row[name] for name in AGE_FIELDS}, today=today)
        yield IndexedRecord(
            pk=row["pk"],
            values={
                "based_in": frozenset({home}),
                "type": BY_NAME["type"].expanded([kind]),
                "network": frozenset(networks[row["pk"]]),
                "membership": frozenset({membership.code}) if membership else frozenset(),
                "freshness": frozenset({age}),
            },
            rows=rows.get(row["pk"]) or [closed_row(homes[row["pk"]])],
            sort=_sort_values(sort_text(row["short_name"] or row["name"]), home, row["confirmed_on"], age),
        )


RECORD_FIELDS = (
    "pk",
    "name",
    "short_name",
    "country_id",
    "organisation_type_id",
    "membership_status_id",
    "confirmed_on",
    "imported_on",
    "first_published_at",
)


def _sort_values(name: str, home: str, confirmed_on: date | None, age: str) -> dict[str, Any]:
    latest_first = -confirmed_on.toordinal() if confirmed_on else 0
    return {
        "best": (BEST_FIRST.index(age), name),
        "name": name,
        "confirmed": (latest_first, name),
        "country": (home, name),
    }


def _code(term_id: int | None) -> str:
    entry = entry_by_id(term_id)
    return entry.code if entry else ""


def _homes_by_organisation(published: Any) -> dict[int, tuple[str, ...]]:
    found = {pk: [_code(country_id)] for pk, country_id in published.values_list("pk", "country_id")}
    terms = OrganisationTerm.objects.filter(owner__in=published.values("pk")).order_by("sort_order", "pk")
    for pk, term_id in terms.values_list("owner_id", "term_id"):
        entry = entry_by_id(term_id)
        if entry is not None and entry.vocabulary == "countries":
            found[pk].append(entry.code)
    return {pk: tuple(dict.fromkeys(codes)) for pk, codes in found.items()}


def _rows_by_organisation(published: Any, homes: Mapping[int, tuple[str, ...]]) -> dict[int, list[IndexedRow]]:
    accommodates = cache(accommodation_said)
    term = cache(entry_by_id)
    of_service: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    of_published = ServiceTerm.objects.filter(owner__organisation__in=published.values("pk"))
    for owner_id, term_id in of_published.order_by("owner_id", "term_id").values_list("owner_id", "term_id"):
        entry = term(term_id)
        if entry is not None:
            of_service[owner_id][entry.vocabulary].append(entry.code)
    rows: dict[int, list[IndexedRow]] = defaultdict(list)
    services = Service.objects.filter(organisation__in=published.values("pk"))
    plain = ("pk", "organisation_id", "service_type_id", "accommodation", *FIELD_FACETS.values())
    for pk, organisation_id, type_id, said, *answers in services.order_by().values_list(*plain):
        kind = term(type_id)
        facts = ServiceFacts(
            service_type=kind.code if kind else "",
            accommodation=accommodates(kind.code if kind else "", said),
            homes=homes[organisation_id],
            codes=of_service.get(pk, {}),
            answers=dict(zip(FIELD_FACETS.values(), answers, strict=True)),
        )
        rows[organisation_id].append(service_row(facts))
    return rows


def _networks_by_organisation(published: Any) -> dict[int, list[str]]:
    # Of all audiences: which of them a reader can choose and count, `network_options` says.
    found: dict[int, list[str]] = defaultdict(list)
    rows = NetworkMembership.objects.filter(network__live=True, organisation__in=published.values("pk"))
    for organisation_id, slug in rows.order_by("network__slug").values_list("organisation_id", "network__slug"):
        found[organisation_id].append(slug)
    return found


def stamps_of_organisations(published: Any) -> Stamps:
    """Return the stamp of each organisation, with the networks that it is found by: they are records of their own."""
    networks = _networks_by_organisation(published)
    return {pk: (stamp, *networks.get(pk, ())) for pk, stamp in stamps_of(published).items()}


ORGANISATIONS = Listing(
    name="organisations",
    queryset=Organisation.objects.all,
    load=load_organisations,
    facets=FACETS,
    sorts={
        "best": _("Best match"),
        "name": _("Name"),
        "confirmed": _("Last confirmed"),
        "country": _("Country of the seat"),
    },
    by_label={"country": "countries"},
    versions=("organisation", "network"),
    stamps=stamps_of_organisations,
    ranked=lambda words, user: ranked_keys("organisation", words, user),
    lower=("freshness", frozenset({STALE}), _("Not confirmed for more than a year")),
    not_stated_heading=_("Not stated: these may fit, but their entry does not say so"),
)
