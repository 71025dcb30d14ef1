"""Coverage: which services entries state for which country, where networks overlap, how fresh the entries are.

Everything is counted by the list of organisations itself, so that a figure and the list behind its link are the same.
A service that names no country counts where its organisation works, as in the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from directory.filters import BY_NAME, ORGANISATIONS
from directory.freshness import CONFIRMED, DUE, IMPORTED, KINDS, STALE
from directory.listed import OrganisationRow, listed_organisations
from directory.network_options import network_options
from platform_site.listing.kept import Kept
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import Entry, vocabulary

STATED, NOT_STATED, NONE = "stated", "not_stated", "none"
# Countries of this region stand in the matrix even where no organisation is.
REGION = "europe"
AGES = (CONFIRMED, DUE, STALE, IMPORTED)


@dataclass(frozen=True)
class Cell:
    """How many organisations state a service for a country. Without any: not stated, or nobody is there at all."""

    service: Entry
    number: int
    state: str
    href: str = ""


@dataclass(frozen=True)
class Age:
    """How many entries of a country are in one state of confirmation."""

    kind: str
    number: int
    share: int
    href: str


@dataclass(frozen=True)
class CountryCoverage:
    """One country: organisations that help there, what they state, how fresh their entries are."""

    country: Entry
    total: int
    href: str
    cells: tuple[Cell, ...]
    ages: tuple[Age, ...]


@dataclass(frozen=True)
class SharedMember:
    """An organisation that belongs to several networks."""

    row: OrganisationRow
    networks: tuple[str, ...]


@dataclass(frozen=True)
class Overlap:
    """Two networks, and how many organisations belong to both."""

    first: str
    second: str
    number: int


@dataclass(frozen=True)
class NetworksOfCountry:
    """Of the organisations with their seat in a country: how many are in a network, in several, in none."""

    country: Entry
    total: int
    in_one: int
    in_several: int
    href: str

    @property
    def in_none(self) -> int:
        """Those without a network."""
        return self.total - self.in_one - self.in_several


@dataclass(frozen=True)
class Coverage:
    """The whole page for one reader: `services` are the columns of the matrix, groups of services."""

    services: tuple[Entry, ...]
    countries: tuple[CountryCoverage, ...]
    overlaps: tuple[Overlap, ...]
    shared: tuple[SharedMember, ...]
    networks: tuple[NetworksOfCountry, ...]

    @property
    def covered(self) -> tuple[CountryCoverage, ...]:
        """The countries where somebody helps."""
        return tuple(row for row in self.countries if row.total)


_kept = Kept(ORGANISATIONS.token, most=4)


def coverage(user: Any) -> Coverage:
    """Return what the entries that `user` may read cover, kept until one of them changes."""
    return _kept.value(user, "coverage", lambda: _coverage(user))


def list_address(**chosen: str) -> str:
    """Return the address of the list of organisations with these filters."""
    return f"{reverse('directory:organisation_list')}?{urlencode(chosen)}"


def _coverage(user: Any) -> Coverage:
    services = tuple(entry for entry in vocabulary("service_types").offered() if not entry.parent)
    present = {code for code, count in ORGANISATIONS.counts(user).get("country", {}).items() if count}
    known = vocabulary("countries")
    entries = [known[code] for code in present | _of_the_region() if code in known]
    countries = [_country(entry, services, user) for entry in entries]
    countries.sort(key=lambda row: sort_text(row.country.label()))
    shared, overlaps = _shared(user)
    return Coverage(
        services=services,
        countries=tuple(countries),
        overlaps=overlaps,
        shared=shared,
        networks=_networks_by_country(user),
    )


def _of_the_region() -> set[str]:
    """Return the countries that the platform is about: those of its region that its lists offer for the directory."""
    regions = vocabulary("regions").with_descendants(REGION)
    return {
        entry.code
        for entry in vocabulary("countries").offered()
        if entry.attributes.get("region") in regions and entry.attributes.get("directory") == "yes"
    }


def _country(country: Entry, services: tuple[Entry, ...], user: Any) -> CountryCoverage:
    index, visible = ORGANISATIONS.index(), ORGANISATIONS.visible(user)
    chosen = {"country": frozenset({country.code})}
    total = index.evaluate(chosen, visible).matches.bit_count()
    counts: Mapping[str, Mapping[str, int]] = index.counts(chosen, visible) if total else {}
    cells = tuple(
        _cell(country, service, counts.get("service", {}).get(service.code, 0), total) for service in services
    )
    by_age = counts.get("freshness", {})
    ages = tuple(
        Age(
            kind,
            by_age.get(kind, 0),
            round(100 * by_age.get(kind, 0) / total) if total else 0,
            list_address(country=country.code, freshness=kind),
        )
        for kind in AGES
    )
    return CountryCoverage(country, total, list_address(country=country.code), cells, ages)


def _cell(country: Entry, service: Entry, number: int, total: int) -> Cell:
    if not number:
        return Cell(service, 0, NOT_STATED if total else NONE)
    return Cell(service, number, STATED, list_address(country=country.code, service=service.code))


def age_label(kind: str) -> str:
    """Return the words for a state of confirmation."""
    return str(dict(KINDS)[kind])


def _members(user: Any) -> dict[int, tuple[str, ...]]:
    """Return the networks (their names) of each organisation that has any, as far as `user` may read both."""
    index, visible = ORGANISATIONS.index(), ORGANISATIONS.visible(user)
    found: dict[int, list[str]] = defaultdict(list)
    for option in network_options(user):
        for pk in index.in_order(index.mask_with("network", {option.value}) & visible, "name"):
            found[pk].append(option.label)
    return {pk: tuple(names) for pk, names in found.items()}


def _shared(user: Any) -> tuple[tuple[SharedMember, ...], tuple[Overlap, ...]]:
    several = {pk: names for pk, names in _members(user).items() if len(names) > 1}
    together: dict[tuple[str, str], int] = defaultdict(int)
    for names in several.values():
        for first, second in combinations(names, 2):
            together[first, second] += 1
    overlaps = [Overlap(first, second, number) for (first, second), number in together.items()]
    overlaps.sort(key=lambda overlap: (-overlap.number, sort_text(overlap.first), sort_text(overlap.second)))
    listed = listed_organisations(several, user)
    shared = [SharedMember(listed[pk].row, names) for pk, names in several.items() if pk in listed]
    shared.sort(key=lambda member: (-len(member.networks), sort_text(member.row.title)))
    return tuple(shared), tuple(overlaps)


def _networks_by_country(user: Any) -> tuple[NetworksOfCountry, ...]:
    index, visible = ORGANISATIONS.index(), ORGANISATIONS.visible(user)
    members = _members(user)
    in_any = index.mask_of(members)
    in_several = index.mask_of(pk for pk, names in members.items() if len(names) > 1)
    known = vocabulary("countries")
    found = []
    for option in BY_NAME["based_in"].options():
        here = index.mask_with("based_in", {option.value}) & visible
        if here & in_any:
            several = (here & in_several).bit_count()
            one = (here & in_any).bit_count() - several
            href = list_address(based_in=option.value)
            found.append(NetworksOfCountry(known[option.value], here.bit_count(), one, several, href))
    return tuple(found)
