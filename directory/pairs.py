"""Two countries: who serves both ends of a way, and which rows say so; who else helps at either end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from directory import wording
from directory.countries import NamedLink, programme_link
from directory.filters import ORGANISATIONS, homes_of
from directory.for_staff import is_for_staff
from directory.listed import OrganisationRow, listed_organisations
from directory.models import Organisation, Programme, Service, ServiceTerm
from directory.procedures import NoteInWords, notes_of_way, number_of_notes
from platform_site.listing.kept import Kept
from platform_site.vocabulary.store import Entry, entry_by_id, term_id
from search.related import RelatedBlock, related_to

# So many organisations that serve both ends are shown with their rows, so many rows of each, so many at each end.
SHOWN, SHOWN_ROWS, SHOWN_AT_END = 40, 6, 5
SHOWN_RELATED = 20
RETURN_PROGRAMME = "return_programme"
# The kind of the related block that holds for every pair: it stands with the procedure, and says nothing of this pair.
TOOLS = "tool"


@dataclass(frozen=True)
class ServingRow:
    """A service, and what it says of the two countries. `stated`: it names a country itself."""

    text: str
    href: str
    where: str
    stated: bool
    both: bool
    for_staff: bool = False


@dataclass(frozen=True)
class Serving:
    """An organisation that serves both ends; `stated`: one of its services names both countries.

    `more` counts the services that are not shown; `services_href` leads to all of them.
    """

    row: OrganisationRow
    stated: bool
    services: tuple[ServingRow, ...]
    more: int = 0

    @property
    def services_href(self) -> str:
        """Where the services of the entry stand."""
        return f"{self.row.href}#{wording.SERVICES_ANCHOR}"

    @property
    def for_people(self) -> list[ServingRow]:
        """The services for people."""
        return [service for service in self.services if not service.for_staff]

    @property
    def for_staff(self) -> list[ServingRow]:
        """The services that help those who help."""
        return [service for service in self.services if service.for_staff]


@dataclass(frozen=True)
class End:
    """One end of a way: the country, those who help there and not at the other end, with a seat there first.

    `total` of them there are; `in_country` help there at all: the list behind `href`.
    """

    country: Entry
    rows: list[OrganisationRow]
    total: int
    in_country: int
    href: str


@dataclass(frozen=True)
class Helpers:
    """Who helps on a way, as one reader may know it; `staff` are those whose services there are for staff alone."""

    both: list[Serving]
    both_total: int
    ends: tuple[End, End]
    staff: list[Serving]
    staff_total: int


@dataclass(frozen=True)
class PairPage:
    """Everything that the page of a pair shows to one reader."""

    origin: Entry
    destination: Entry
    notes: list[NoteInWords]
    other_way_notes: int
    helpers: Helpers
    programmes: list[NamedLink]
    return_programmes: list[NamedLink]
    related: list[RelatedBlock]
    tools: list[RelatedBlock]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known about the two countries together."""
        helping = self.helpers.both or self.helpers.staff
        return not (self.notes or helping or self.programmes or self.related)


def pair_address(origin: str, destination: str) -> str:
    """Return the address of the way between two countries (codes): small letters, from before to."""
    return reverse("directory:country_pair", args=[origin.lower(), destination.lower()])


def pair_page(origin: Entry, destination: Entry, user: Any) -> PairPage:
    """Return what is known about the way from `origin` to `destination`, as `user` may read it."""
    blocks = related_to("country_pair", f"{origin.code}-{destination.code}", user, limit=SHOWN_RELATED)
    return PairPage(
        origin=origin,
        destination=destination,
        notes=notes_of_way(origin, destination, user),
        other_way_notes=number_of_notes(destination, origin, user),
        helpers=helpers(origin, destination, user),
        programmes=_programmes(origin, destination, user),
        return_programmes=_return_programmes(origin, destination, user),
        related=[block for block in blocks if block.kind != TOOLS],
        tools=[block for block in blocks if block.kind == TOOLS],
    )


_kept = Kept(ORGANISATIONS.token, most=300)


def helpers(origin: Entry, destination: Entry, user: Any) -> Helpers:
    """Return who helps at both ends and at one, kept until an organisation changes."""
    key = (origin.code, destination.code)
    return _kept.value(user, key, lambda: _helpers(origin, destination, user))


def _helpers(origin: Entry, destination: Entry, user: Any) -> Helpers:
    index, visible = ORGANISATIONS.index(), ORGANISATIONS.visible(user)
    ends = (origin, destination)
    here, there = (index.evaluate(_at("country", end), visible).matches for end in ends)
    stated = _naming_both(origin, destination, user)
    both = sorted(index.in_order(here & there, "best"), key=lambda pk: pk not in stated)
    for_staff = _serving_staff_alone(both, {end.code for end in ends})
    helping = [pk for pk in both if pk not in for_staff]
    teaching = [pk for pk in both if pk in for_staff]
    shown = [*helping[:SHOWN], *teaching[:SHOWN]]
    fetched = Organisation.objects.visible_to(user).for_list().filter(pk__in=shown)
    organisations = {organisation.pk: organisation for organisation in fetched}
    at_ends = []
    for end, mask in ((origin, here & ~there), (destination, there & ~here)):
        seated = index.evaluate(_at("based_in", end), visible).matches
        at_ends.append([*index.in_order(mask & seated, "best"), *index.in_order(mask & ~seated, "best")])
    listed = listed_organisations([*shown, *(pk for pks in at_ends for pk in pks[:SHOWN_AT_END])], user)
    directory = reverse("directory:organisation_list")
    first, second = (
        End(
            country,
            [listed[pk].row for pk in pks[:SHOWN_AT_END] if pk in listed],
            len(pks),
            everybody.bit_count(),
            f"{directory}?country={country.code}",
        )
        for country, pks, everybody in zip(ends, at_ends, (here, there), strict=True)
    )
    serving, staff = (
        [
            _serving(organisations[pk], listed[pk].row, origin, destination)
            for pk in pks[:SHOWN]
            if pk in organisations and pk in listed
        ]
        for pks in (helping, teaching)
    )
    return Helpers(serving, len(helping), (first, second), staff, len(teaching))


def _at(facet: str, country: Entry) -> dict[str, frozenset[str]]:
    return {facet: frozenset({country.code})}


def _serving_staff_alone(pks: list[int], ends: set[str]) -> set[int]:
    """Return which of the organisations have services at the two ends (codes), and all of them for staff.

    Plain values, not instances: a pair may have hundreds of organisations.
    """
    codes: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    terms = ServiceTerm.objects.filter(owner__organisation__in=pks).order_by()
    for service, term in terms.values_list("owner_id", "term_id"):
        if (entry := entry_by_id(term)) is not None:
            codes[service][entry.vocabulary].add(entry.code)
    staff: dict[int, bool] = {}
    services = Service.objects.filter(organisation__in=pks).order_by()
    for pk, organisation, kind_id in services.values_list("pk", "organisation_id", "service_type_id"):
        named = codes[pk]["countries"]
        # A service that names no country is given where its organisation works: at both ends.
        if not named or named & ends:
            kind = entry_by_id(kind_id)
            alone = is_for_staff(kind.code if kind else "", codes[pk]["target_groups"])
            staff[organisation] = alone and staff.get(organisation, True)
    return {organisation for organisation, alone in staff.items() if alone}


def _naming_both(origin: Entry, destination: Entry, user: Any) -> set[int]:
    """Return the organisations with a service that itself names both countries."""
    of_readable = Service.objects.filter(organisation__in=Organisation.objects.visible_to(user))
    naming = of_readable.filter(terms__term=origin.id).filter(terms__term=destination.id)
    return set(naming.order_by().values_list("organisation_id", flat=True))


def _serving(organisation: Organisation, row: OrganisationRow, origin: Entry, destination: Entry) -> Serving:
    homes = homes_of(organisation)
    found = [
        serving
        for service in organisation.services.all()
        if (serving := _serving_row(service, homes, row.href, (origin, destination)))
    ]
    # What names both countries comes first, then what may hold for both, then what holds for one; staff come last.
    found.sort(key=lambda row: (row.for_staff, not (row.both and row.stated), not row.both, not row.stated))
    return Serving(
        row=row,
        stated=any(serving.both and serving.stated for serving in found),
        services=tuple(found[:SHOWN_ROWS]),
        more=max(len(found) - SHOWN_ROWS, 0),
    )


def _serving_row(service: Service, homes: tuple[str, ...], href: str, ends: tuple[Entry, Entry]) -> ServingRow | None:
    own = service.codes("countries")
    covered = [country for country in ends if country.code in (own or homes)]
    if not covered:
        return None
    anchor = wording.anchor_of(service)
    return ServingRow(
        text=wording.match_text(service),
        href=f"{href}#{anchor}" if anchor else href,
        where=_where([country.label() for country in covered], stated=bool(own)),
        stated=bool(own),
        both=len(covered) == len(ends),
        for_staff=is_for_staff(kind.code if (kind := service.type_entry) else "", service.codes("target_groups")),
    )


def _where(countries: list[str], *, stated: bool) -> str:
    """Say what a service says of the two countries: what it names, else where its organisation works."""
    if len(countries) == 2:
        first, second = countries
        words = {"first": first, "second": second}
        if stated:
            return _("names %(first)s and %(second)s") % words
        return _("does not say where; the organisation works in %(first)s and %(second)s") % words
    words = {"country": countries[0]}
    if stated:
        return _("names %(country)s") % words
    return _("does not say where; the organisation works in %(country)s") % words


def _programmes(origin: Entry, destination: Entry, user: Any) -> list[NamedLink]:
    found = Programme.objects.visible_to(user).filter(terms__term=origin.id).filter(terms__term=destination.id)
    return [programme_link(programme) for programme in found.distinct().order_by("-start", "name")[:SHOWN_RELATED]]


def _return_programmes(origin: Entry, destination: Entry, user: Any) -> list[NamedLink]:
    """Return the programmes of return that work at one of the two ends alone, with the words of where they work."""
    found = (
        Programme.objects.visible_to(user)
        .filter(kind=term_id("programme_kinds", RETURN_PROGRAMME), terms__term__in=(origin.id, destination.id))
        .annotate(ends=Count("terms__term", distinct=True))
        .filter(ends=1)
        .order_by("-start", "name")
        .prefetch_related("terms")
    )
    return [_with_countries(programme) for programme in found[:SHOWN_RELATED]]


def _with_countries(programme: Programme) -> NamedLink:
    link = programme_link(programme)
    countries = ", ".join(entry.label() for entry in programme.entries("countries"))
    where = _("works in %(countries)s") % {"countries": countries}
    return replace(link, facts=" · ".join(part for part in (link.facts, where) if part))
