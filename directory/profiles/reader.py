"""The profile of a country as one reader sees it: kept in memory until profiles, entries or documents change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from directory.evidence import EvidencePart, places_in
from directory.frames import span
from directory.freshness import Freshness, freshness
from directory.models import ActionPlan, CountryFact, CountryProfile, Organisation
from directory.profiles.indicators import ValueKind, kind_of
from directory.profiles.values import UNITS, is_old, value_words
from platform_site.listing.kept import Kept
from platform_site.texts.models import text_saying
from platform_site.texts.partial_dates import is_partial_date
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary
from search.related import related_to

PROSE = ("trends", "routes", "sectors", "policies")


@dataclass(frozen=True)
class Prose:
    """A formatted text; `language` is "" where it is the reader's."""

    source: str
    language: str


@dataclass(frozen=True)
class Fact:
    """A value of an indicator in words of the reader. `language` is that of the base, `value_language` that of the
    value, "" where it is the reader's; `href` leads to the source, in the library where it has the source; `places`
    say where in it.
    """

    row: CountryFact
    words: str
    value_language: str
    is_old: bool
    kind: str
    source: str
    source_language: str
    href: str
    is_outside: bool
    language: str
    places: tuple[EvidencePart, ...] = ()
    # On a page: the number of its source in the list of sources.
    number: int = 0

    @property
    def same_as(self) -> tuple[str, ...]:
        """What the value says, whoever says it: for numbers the base is part of it."""
        number = (self.row.unit, self.row.base.casefold()) if self.row.unit else ()
        return (self.row.value.casefold(), *number)


@dataclass(frozen=True)
class Plan:
    """A plan against trafficking with its years in words."""

    name: str
    language: str
    period: str
    href: str


@dataclass(frozen=True)
class Body:
    """A public body with what it is there for."""

    name: str
    language: str
    role: str
    href: str


@dataclass(frozen=True)
class Keeper:
    """The organisation that looks after a profile."""

    name: str
    href: str


@dataclass(frozen=True)
class ProfileView:
    """What a profile says to a reader. `facts` are by code of the indicator, in the order of the profile."""

    country: Entry
    native_name: str
    native_language: str
    prose: Mapping[str, Prose]
    languages: frozenset[str]
    facts: Mapping[str, tuple[Fact, ...]]
    plans: tuple[Plan, ...]
    bodies: tuple[Body, ...]
    keeper: Keeper | None
    freshness: Freshness
    source: str
    source_url: str
    changed_on: dt.date | None


def _token() -> tuple[str, ...]:
    """Return what names the state of all that a profile is drawn from; the day, because values grow old."""
    kinds = ("country_profile", "organisation", "document", "vocabulary")
    return (*(versions.current(kind) for kind in kinds), timezone.localdate().isoformat())


_kept = Kept(_token)


def profiled_countries(user: Any) -> list[str]:
    """Return the codes of the countries with a profile that `user` may read."""

    def load() -> list[str]:
        rows = CountryProfile.objects.visible_to(user).order_by().values_list("country_id", flat=True)
        return sorted(entry.code for pk in rows if (entry := entry_by_id(pk)))

    return _kept.value(user, "countries", load)


def profiles_of(codes: Iterable[str], user: Any) -> dict[str, ProfileView]:
    """Return the profiles of these countries (by code) that `user` may read; what is not kept comes in one go."""
    room = _kept.room(user)
    readable = frozenset(profiled_countries(user))
    wanted = [code for code in dict.fromkeys(codes) if code in readable]
    found = {code: room[("profile", code)] for code in wanted if ("profile", code) in room}
    missing = [vocabulary("countries")[code].id for code in wanted if code not in found]
    if missing:
        rows = CountryProfile.objects.visible_to(user).filter(country__in=missing)
        for profile in rows.prefetch_related("texts", "facts", "plans", "bodies"):
            view = profile_view(profile, user)
            if view is not None:
                found[view.country.code] = room[("profile", view.country.code)] = view
    return {code: found[code] for code in wanted if code in found}


def profile_of(code: str, user: Any) -> ProfileView | None:
    """Return the profile of a country that `user` may read, or None."""
    return profiles_of([code], user).get(code)


def profile_view(profile: CountryProfile, user: Any) -> ProfileView | None:
    """Return a profile, published or a draft, as `user` may read it; None while it names no country."""
    country = profile.country_entry
    if country is None:
        return None
    active = (get_language() or "en").split("-")[0]
    facts: dict[str, list[Fact]] = {}
    for row in sorted(profile.facts.all(), key=lambda row: (row.sort_order, row.pk or 0)):
        indicator = row.indicator_entry
        if indicator is not None:
            facts.setdefault(indicator.code, []).append(_fact(row, indicator, active, user))
    return ProfileView(
        country=country,
        native_name=profile.native_name if profile.native_name != country.label() else "",
        native_language=profile.native_language,
        prose=_prose(profile, active),
        languages=frozenset(profile.content_languages),
        facts={code: tuple(rows) for code, rows in facts.items()},
        plans=tuple(
            Plan(row.name, _foreign(row.language, active), _period(row), row.website) for row in profile.plans.all()
        ),
        bodies=tuple(
            Body(row.name, _foreign(row.language, active), row.get_role_display(), row.website)
            for row in profile.bodies.all()
        ),
        keeper=_keeper(profile, user),
        freshness=freshness(profile),
        source=profile.source,
        source_url=profile.source_url,
        changed_on=timezone.localdate(profile.last_published_at) if profile.last_published_at else None,
    )


def _foreign(language: str, active: str) -> str:
    return language if language != active else ""


def _period(row: ActionPlan) -> str:
    """Return when a plan holds; a preview may show a day that does not exist, which says nothing."""
    start, end = (day if is_partial_date(day) else "" for day in (row.start, row.end))
    return span(start, end)


def _prose(profile: CountryProfile, active: str) -> dict[str, Prose]:
    """Return the texts: each in the reader's language where it is written, else in the original."""
    rows = list(profile.texts.all())
    said = {name: text_saying(rows, name, active) for name in PROSE}
    return {name: Prose(getattr(row, name), _foreign(row.language, active)) for name, row in said.items() if row}


def _keeper(profile: CountryProfile, user: Any) -> Keeper | None:
    """Return who looks after the profile, None for the platform itself and for one whom `user` may not know."""
    if profile.keeper_id is None:
        return None
    organisation = Organisation.objects.visible_to(user).filter(pk=profile.keeper_id).first()
    return Keeper(organisation.display_name, organisation.get_absolute_url()) if organisation else None


def _fact(row: CountryFact, indicator: Entry, active: str, user: Any) -> Fact:
    takes, language = kind_of(indicator), _foreign(row.language, active)
    in_own_words = takes == ValueKind.TEXT or (takes == ValueKind.NUMBER and row.unit not in UNITS)
    kind = row.kind_entry
    shelved = [item for block in related_to("source", row.source, user, limit=1) for item in block.items]
    document = shelved[0] if shelved else None
    return Fact(
        row=row,
        words=value_words(takes, row.value, row.unit),
        value_language=language if in_own_words else "",
        # The day of a ratification does not grow old; what is counted or in use does.
        is_old=takes != ValueKind.DATE and is_old(row.year, timezone.localdate().year),
        kind=kind.label() if kind else "",
        source=document.title if document else row.source,
        source_language=document.language if document else language,
        href=row.source_url or (document.url if document else ""),
        is_outside=bool(row.source_url),
        language=language,
        places=tuple(places_in(row.evidence, row.source, user)),
    )
