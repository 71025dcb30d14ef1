"""What others ask of the directory. Everything is computed from what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from directory import wording
from directory.filters import ORGANISATIONS
from directory.for_staff import only_professionals
from directory.freshness import Freshness, freshness
from directory.models import Hotline, Network, Organisation, Programme, Service
from directory.models.services import Answer
from directory.profiles.ratified import ratifications as ratifications  # for others
from directory.profiles.reader import profiled_countries
from platform_site.listing.kept import Kept
from platform_site.safety.phone_numbers import dial_address
from platform_site.vocabulary.store import Entry

_kept = Kept(ORGANISATIONS.token)


@dataclass(frozen=True)
class PublicHotline:
    """A number to call, in words of the active language.

    `hours` are in the words of the entry, `hours_language` is their language where it is not the reader's. `freshness`
    and `data_of` say how old the entry is that gives the number; `for_professionals` that nobody else may call.
    """

    organisation: Organisation
    number: str
    hours: str
    hours_language: str
    time_of: str
    languages: list[str]
    countries: list[Entry]
    target_groups: list[str]
    free: bool
    freshness: Freshness
    data_of: str
    for_professionals: bool

    @property
    def hours_text(self) -> str:
        """When somebody answers, with the time zone where it is given; "" where nothing is said."""
        return " ".join(part for part in (self.hours, self.time_of) if part)

    @cached_property
    def dial_address(self) -> str:
        """The address that dials the number, "" if nobody could."""
        return dial_address(self.number)


def hotline_of(hotline: Hotline, organisation: Organisation) -> PublicHotline:
    """Return a hotline in words; one without countries covers the country of its organisation.

    The services of `organisation` are to be at hand: they say of which year its data is.
    """
    home = organisation.country_entry
    return PublicHotline(
        organisation=organisation,
        number=hotline.number,
        hours=hotline.hours,
        # "24/7" is of no language.
        hours_language=wording.words_language(organisation) if any(map(str.isalpha, hotline.hours)) else "",
        time_of=time_of(hotline),
        languages=[entry.label() for entry in hotline.entries("languages")],
        countries=hotline.entries("countries") or ([home] if home else []),
        target_groups=[entry.label() for entry in hotline.entries("target_groups")],
        free=hotline.free == Answer.YES,
        freshness=freshness(organisation),
        data_of=wording.data_of(organisation),
        for_professionals=only_professionals(hotline.codes("target_groups")),
    )


def time_of(hotline: Hotline) -> str:
    """Return where the hours are counted, "" where the entry does not say it or gives no hours."""
    if hotline.hours and hotline.time_zone:
        return _("(time of %(place)s)") % {"place": place_of(hotline.time_zone)}
    return ""


def place_of(time_zone: str) -> str:
    """Return the place that a time zone is named after: "Rome" of "Europe/Rome"."""
    return time_zone.rpartition("/")[2].replace("_", " ")


def public_hotlines(user: Any) -> list[PublicHotline]:
    """Return the hotlines of the organisations that `user` may read, by country and number; kept, so read only.

    Those for professionals only come last.
    """
    return _kept.value(user, "hotlines", lambda: _in_words(_readable_hotlines(user)))


def hotlines_for_country(code: str, user: Any) -> list[PublicHotline]:
    """Return the hotlines that cover the country `code` and that `user` may read, ordered as `public_hotlines`."""
    return [line for line in public_hotlines(user) if any(entry.code == code for entry in line.countries)]


def _readable_hotlines(user: Any) -> QuerySet[Hotline]:
    readable = Organisation.objects.visible_to(user)
    years = Prefetch("organisation__services", Service.objects.only("organisation", "as_of"))
    hotlines = Hotline.objects.filter(organisation__in=readable).select_related("organisation")
    return hotlines.prefetch_related("terms", years)


def _in_words(rows: Iterable[Hotline]) -> list[PublicHotline]:
    found = [hotline_of(row, row.organisation) for row in rows]
    return sorted(
        found, key=lambda line: (line.for_professionals, [entry.label() for entry in line.countries], line.number)
    )


def organisation_count(user: Any) -> int:
    """Return how many organisations `user` may read."""
    return ORGANISATIONS.visible(user).bit_count()


def organisations_changed_on(user: Any) -> dt.date | None:
    """Return the day on which an organisation that `user` may read changed last; None where there is none."""
    return ORGANISATIONS.last_change(user)


def seats(user: Any) -> dict[str, int]:
    """Return the number of organisations by the country of their seat (code)."""
    return ORGANISATIONS.counts(user).get("based_in", {})


def served(user: Any) -> dict[str, int]:
    """Return the number of organisations by the country where they help (code)."""
    return ORGANISATIONS.counts(user).get("country", {})


def country_count(user: Any) -> int:
    """Return in how many countries the organisations have their seats."""
    return sum(1 for count in seats(user).values() if count)


def countries_with_profile(user: Any) -> list[str]:
    """Return the codes of the countries with a profile that `user` may read."""
    return profiled_countries(user)


def service_count(user: Any) -> int:
    """Return how many services the organisations offer."""
    return Service.objects.filter(organisation__in=Organisation.objects.visible_to(user)).count()


def hotline_count(user: Any) -> int:
    """Return how many numbers can be called."""
    return Hotline.objects.filter(organisation__in=Organisation.objects.visible_to(user)).count()


def programme_count(user: Any) -> int:
    """Return how many programmes `user` may read."""
    count: int = Programme.objects.visible_to(user).count()
    return count


def network_count(user: Any) -> int:
    """Return how many networks `user` may read."""
    count: int = Network.objects.visible_to(user).count()
    return count
