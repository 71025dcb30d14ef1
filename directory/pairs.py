"""Two countries: who serves both ends of a way, and which rows say so; who else helps at either end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from directory import wording
from directory.countries import NamedLink, programme_link
from directory.filters import ORGANISATIONS, homes_of
from directory.listed import OrganisationRow, listed_organisations
from directory.models import Organisation, Programme, Service
from directory.procedures import NoteInWords, notes_of_way, number_of_notes
from platform_site.listing.kept import Kept
from platform_site.vocabulary.store import Entry
from search.related import RelatedBlock, related_to

# So many organisations that serve both ends are shown with their rows, so many rows of each, so many at each end.
SHOWN, SHOWN_ROWS, SHOWN_AT_END = 40, 6, 5
SHOWN_RELATED = 20


@dataclass(frozen=True)
class ServingRow:
    """A service, and what it says of the two countries. `stated`: it names a country itself."""

    text: str
    href: str
    where: str
    stated: bool
    both: bool


@dataclass(frozen=True)
class Serving:
    """An organisation that serves both ends; `stated`: one of its services names both countries."""

    row: OrganisationRow
    stated: bool
    services: tuple[ServingRow, ...]
    more: int = 0


@dataclass(frozen=True)
class End:
    """One end of a way: the country, those who help there and not at the other end, and the list of all who do."""

    country: Entry
    rows: list[OrganisationRow]
    total: int
    href: str


@dataclass(frozen=True)
class Helpers:
    """Who helps on a way, as one reader may know it."""

    both: list[Serving]
    both_total: int
    ends: tuple[End, End]


@dataclass(frozen=True)
class PairPage:
    """Everything that the page of a pair shows to one reader."""

    origin: Entry
    destination: Entry
    notes: list[NoteInWords]
    other_way_notes: int
    helpers: Helpers
    programmes: list[NamedLink]
    related: list[RelatedBlock]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known about the two countries together."""
        return not (self.notes or self.helpers.both or self.programmes or self.related)


def pair_address(origin: str, destination: str) -> str:
    """Return the address of the way between two countries (codes): small letters, from before to."""
    return reverse("directory:country_pair", args=[origin.lower(), destination.lower()])


def pair_page(origin: Entry, destination: Entry, user: Any) -> PairPage:
    """Return what is known about the way from `origin` to `destination`, as `user` may read it."""
    return PairPage(
        origin=origin,
        destination=destination,
        notes=notes_of_way(origin, destination, user),
        other_way_notes=number_of_notes(destination, origin, user),
        helpers=helpers(origin, destination, user),
        programmes=_programmes(origin, destination, user),
        related=related_to("country_pair", f"{origin.code}-{destination.code}", user, limit=SHOWN_RELATED),
    )


_kept = Kept(ORGANISATIONS.token, most=300)


def helpers(origin: Entry, destination: Entry, user: Any) -> Helpers:
    """Return who helps at both ends and at one, kept until an organisation changes."""
    key = (origin.code, destination.code)
    return _kept.value(user, key, lambda: _helpers(origin, destination, user))


def _helpers(origin: Entry, destination: Entry, user: Any) -> Helpers:
    index, visible = ORGANISATIONS.index(), ORGANISATIONS.visible(user)
    here, there = (
        index.evaluate({"country": frozenset({country.code})}, visible).matches for country in (origin, destination)
    )
    stated = _naming_both(origin, destination, user)
    both = sorted(index.in_order(here & there, "best"), key=lambda pk: pk not in stated)
    fetched = Organisation.objects.visible_to(user).for_list().filter(pk__in=both[:SHOWN])
    organisations = {organisation.pk: organisation for organisation in fetched}
    at_ends = [index.in_order(mask, "best") for mask in (here & ~there, there & ~here)]
    listed = listed_organisations([*both[:SHOWN], *(pk for pks in at_ends for pk in pks[:SHOWN_AT_END])], user)
    directory = reverse("directory:organisation_list")
    first, second = (
        End(
            country,
            [listed[pk].row for pk in pks[:SHOWN_AT_END] if pk in listed],
            len(pks),
            f"{directory}?country={country.code}",
        )
        for country, pks in zip((origin, destination), at_ends, strict=True)
    )
    serving = [
        _serving(organisations[pk], listed[pk].row, origin, destination)
        for pk in both[:SHOWN]
        if pk in organisations and pk in listed
    ]
    return Helpers(serving, len(both), (first, second))


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
    # What names both countries comes first, then what may hold for both, then what holds for one.
    found.sort(key=lambda serving: (not (serving.both and serving.stated), not serving.both, not serving.stated))
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
