"""A country as the directory knows it: who has its seat there, who helps there, whom one can call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from directory.filters import ORGANISATIONS
from directory.frames import kind_label, member_count, period
from directory.listed import OrganisationRow, listed_organisations
from directory.maps import CountryCount, countries_with
from directory.models import Network, Organisation, Programme
from directory.selectors import PublicHotline, hotlines_for_country, seats, served
from platform_site.listing.state import ListState
from platform_site.vocabulary.store import Entry, term_id
from search.related import RelatedBlock, related_to

SHOWN = 10


@dataclass(frozen=True)
class NamedLink:
    """A network or programme of a country, with one line of facts."""

    href: str
    title: str
    facts: str


@dataclass(frozen=True)
class CountryPage:
    """Everything that the page of a country shows to one reader."""

    country: Entry
    seated: list[OrganisationRow]
    seated_total: int
    visiting: list[OrganisationRow]
    visiting_total: int
    hotlines: list[PublicHotline]
    networks: list[NamedLink]
    programmes: list[NamedLink]
    related: list[RelatedBlock]

    @property
    def is_empty(self) -> bool:
        """Whether the reader finds nothing about the country."""
        return not (self.seated or self.visiting or self.hotlines or self.networks or self.programmes or self.related)


def country_page(country: Entry, user: Any) -> CountryPage:
    """Return what the directory has on `country`, as `user` may read it."""
    seated = _listed({"based_in": frozenset({country.code})}, user)
    own = set(seated)
    visiting = [pk for pk in _listed({"country": frozenset({country.code})}, user) if pk not in own]
    listed = listed_organisations([*seated[:SHOWN], *visiting[:SHOWN]], user)
    return CountryPage(
        country=country,
        seated=[listed[pk].row for pk in seated[:SHOWN] if pk in listed],
        seated_total=len(seated),
        visiting=[listed[pk].row for pk in visiting[:SHOWN] if pk in listed],
        visiting_total=len(visiting),
        hotlines=hotlines_for_country(country.code, user),
        networks=_networks(country, user),
        programmes=_programmes(country, user),
        related=related_to("country", country.code, user),
    )


def _listed(chosen: dict[str, frozenset[str]], user: Any) -> list[int]:
    return ORGANISATIONS.results(ListState(chosen=chosen), user).pks


def _networks(country: Entry, user: Any) -> list[NamedLink]:
    """Return the networks with a member in the country, counted within what the reader may read."""
    here = Organisation.objects.visible_to(user).filter(country=term_id("countries", country.code))
    counted = Count("memberships", filter=Q(memberships__organisation__in=here))
    found = Network.objects.visible_to(user).annotate(members_here=counted).filter(members_here__gt=0)
    return [
        NamedLink(network.get_absolute_url(), network.name, member_count(network.members_here))
        for network in found.order_by("name")[:SHOWN]
    ]


def _programmes(country: Entry, user: Any) -> list[NamedLink]:
    found = Programme.objects.visible_to(user).filter(terms__term=term_id("countries", country.code))
    return [programme_link(programme) for programme in found.distinct().order_by("-start", "name")[:SHOWN]]


def programme_link(programme: Programme) -> NamedLink:
    """Return a programme with its kind and period."""
    facts = " · ".join(fact for fact in (kind_label(programme), period(programme)) if fact)
    return NamedLink(programme.get_absolute_url(), programme.name, facts)


@dataclass(frozen=True)
class CountryLists:
    """The countries with seats of organisations, and those where organisations from elsewhere help."""

    seated: list[CountryCount]
    visited: list[CountryCount]


def country_lists(user: Any) -> CountryLists:
    """Return the countries of the directory as `user` may know them, by name."""
    at_home = {code: count for code, count in seats(user).items() if count}
    abroad = {code: count for code, count in served(user).items() if count and code not in at_home}
    return CountryLists(*(countries_with(counts, _pages(counts)) for counts in (at_home, abroad)))


def _pages(counts: dict[str, int]) -> dict[str, str]:
    return {code: reverse("directory:country_detail", args=[code]) for code in counts}
