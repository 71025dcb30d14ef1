"""A country as the directory knows it: its profile, who has its seat there, who helps there, whom one can call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.filters import ORGANISATIONS
from directory.frames import kind_label, member_count, period
from directory.listed import OrganisationRow, listed_organisations
from directory.maps import CountryCount, countries_with
from directory.models import Network, Organisation, Programme
from directory.profiles.indicators import PHENOMENON, POLICIES, PRACTICES
from directory.profiles.page import Pillar, pillar_of
from directory.profiles.reader import ProfileView, profiled_countries
from directory.profiles.sources import Source, SourceList
from directory.selectors import PublicHotline, hotlines_for_country, seats, served
from platform_site.listing.state import ListState
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import Entry, term_id, vocabulary
from search.related import RelatedBlock, related_to

SHOWN = 10
# Kinds of related blocks that speak of law and policy; all others speak of practices.
INSTRUMENTS, INSTRUMENTS_TO_COME, REPORTS = "instrument", "instrument_to_come", "report"
OF_POLICIES = frozenset({INSTRUMENTS, INSTRUMENTS_TO_COME, REPORTS})


@dataclass(frozen=True)
class NamedLink:
    """A network or programme of a country, with one line of facts."""

    href: str
    title: str
    facts: str
    audience: str


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
    policies: list[RelatedBlock]
    profile: ProfileView | None
    phenomenon: Pillar
    law_and_policy: Pillar
    practices: Pillar
    sources: list[Source]

    @property
    def has_no_practices(self) -> bool:
        """Whether the reader finds nothing on practices: no organisation, no chart or the like, no indicator."""
        found = self.seated or self.visiting or self.hotlines or self.networks or self.programmes or self.related
        return not found and self.practices.is_bare

    @property
    def phenomenon_missing(self) -> list[Any]:
        """What the phenomenon lacks, in sentences; one where there is nothing."""
        return [self.phenomenon.nothing] if self.phenomenon.is_bare else self.phenomenon.missing

    @property
    def policies_missing(self) -> list[Any]:
        """What the policies lack, in sentences; one where there is nothing."""
        plans, bodies = (self.profile.plans, self.profile.bodies) if self.profile else ((), ())
        absent = (
            (self.instruments, _("No legal instrument with this country as a party yet.")),
            (plans, _("No action plan yet.")),
            (bodies, _("No national body yet.")),
            (self.reports, _("No monitoring report in the library yet.")),
        )
        if self.law_and_policy.is_bare and not any(found for found, _sentence in absent):
            return [self.law_and_policy.nothing]
        return [*self.law_and_policy.missing, *(sentence for found, sentence in absent if not found)]

    @property
    def practices_missing(self) -> list[Any]:
        """What the practices lack, in sentences; none where there is nothing, for then the page says that."""
        if self.has_no_practices:
            return []
        absent = (
            (self.seated, _("No organisation with its seat here yet.")),
            (self.hotlines, _("No hotline yet.")),
            (self.programmes, _("No programme yet.")),
        )
        return [*(sentence for found, sentence in absent if not found), *self.practices.missing]

    @property
    def instruments(self) -> RelatedBlock | None:
        """The legal instruments in force in the country."""
        return next((block for block in self.policies if block.kind == INSTRUMENTS), None)

    @property
    def instruments_to_come(self) -> RelatedBlock | None:
        """The legal instruments that will be in force in the country."""
        return next((block for block in self.policies if block.kind == INSTRUMENTS_TO_COME), None)

    @property
    def reports(self) -> RelatedBlock | None:
        """What was written on the country by those who watch."""
        return next((block for block in self.policies if block.kind == REPORTS), None)


def country_page(country: Entry, user: Any, *, profile: ProfileView | None) -> CountryPage:
    """Return what the directory has on `country`, as `user` may read it, with its profile (None: there is none)."""
    blocks = related_to("country", country.code, user)
    sources = SourceList()
    pillars = {code: pillar_of(code, profile, sources) for code in (PHENOMENON, POLICIES, PRACTICES)}
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
        related=[block for block in blocks if block.kind not in OF_POLICIES],
        policies=[block for block in blocks if block.kind in OF_POLICIES],
        profile=profile,
        phenomenon=pillars[PHENOMENON],
        law_and_policy=pillars[POLICIES],
        practices=pillars[PRACTICES],
        sources=sources.all(),
    )


def _listed(chosen: dict[str, frozenset[str]], user: Any) -> list[int]:
    return ORGANISATIONS.results(ListState(chosen=chosen), user).pks


def _networks(country: Entry, user: Any) -> list[NamedLink]:
    """Return the networks with a member in the country, counted within what the reader may read."""
    here = Organisation.objects.visible_to(user).filter(country=term_id("countries", country.code))
    counted = Count("memberships", filter=Q(memberships__organisation__in=here))
    found = Network.objects.visible_to(user).annotate(members_here=counted).filter(members_here__gt=0)
    return [
        NamedLink(network.get_absolute_url(), network.name, member_count(network.members_here), network.audience)
        for network in found.order_by("name")[:SHOWN]
    ]


def _programmes(country: Entry, user: Any) -> list[NamedLink]:
    found = Programme.objects.visible_to(user).filter(terms__term=term_id("countries", country.code))
    return [programme_link(programme) for programme in found.distinct().order_by("-start", "name")[:SHOWN]]


def programme_link(programme: Programme) -> NamedLink:
    """Return a programme with its kind and period."""
    facts = " · ".join(fact for fact in (kind_label(programme), period(programme)) if fact)
    return NamedLink(programme.get_absolute_url(), programme.name, facts, programme.audience)


@dataclass(frozen=True)
class CountryLists:
    """The countries with seats of organisations, those where organisations from elsewhere help, those with a profile
    alone; `profiled` says how many have a profile.
    """

    seated: list[CountryCount]
    visited: list[CountryCount]
    further: list[Entry]
    profiled: int


def country_lists(user: Any) -> CountryLists:
    """Return the countries of the directory as `user` may know them, by name."""
    countries = vocabulary("countries")
    at_home = {code: count for code, count in seats(user).items() if count}
    abroad = {code: count for code, count in served(user).items() if count and code not in at_home}
    profiled = profiled_countries(user)
    further = [entry for code in profiled if code not in {*at_home, *abroad} and (entry := countries.get(code))]
    return CountryLists(
        seated=countries_with(at_home, _pages(at_home)),
        visited=countries_with(abroad, _pages(abroad)),
        further=sorted(further, key=lambda entry: sort_text(entry.label())),
        profiled=len(profiled),
    )


def _pages(counts: dict[str, int]) -> dict[str, str]:
    return {code: reverse("directory:country_detail", args=[code]) for code in counts}
