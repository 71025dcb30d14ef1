"""Which legal instruments countries ratified, by the values of their profiles.

An indicator that is the day of a ratification names its instrument among its further facts (`ratification_of`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from directory.profiles.indicators import INDICATORS
from directory.profiles.reader import profiled_countries, profiles_of
from platform_site.vocabulary.store import Entry, vocabulary


@dataclass(frozen=True)
class Ratification:
    """That a country ratified an instrument (by code), when (in words), and which profile says so."""

    country: Entry
    instrument: str
    words: str


def ratifications(user: Any, countries: Iterable[str] | None = None) -> list[Ratification]:
    """Return what the profiles that `user` may read say of these countries (by code; None: of all)."""
    instruments = {
        entry.code: instrument
        for entry in vocabulary(INDICATORS)
        if (instrument := entry.attributes.get("ratification_of", ""))
    }
    views = profiles_of(profiled_countries(user) if countries is None else countries, user)
    return [
        Ratification(view.country, instruments[code], facts[0].words)
        for view in views.values()
        for code, facts in view.facts.items()
        if code in instruments
    ]
