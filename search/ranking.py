"""What makes one match better than another, for all engines that leave it to us."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from search.documents import FIELDS

# How much a word counts by where it stands, in the order of `documents.FIELDS`: a title says what a thing is about.
FIELD_WEIGHTS = MappingProxyType(dict(zip(FIELDS, (8.0, 2.0, 3.0, 1.0), strict=True)))
# A stem of another language than the reader's, or the word as it stands.
OTHER_LANGUAGE = 0.6
# Who types the whole of a title means that thing.
WHOLE_TITLE = 2.0
# What is about something that happens loses with the years, but never more than down to the floor: a very old report
# that has all the words is still the right one.
RECENT_TYPES = frozenset({"news", "event"})
RECENT_FLOOR = 0.6
RECENT_HALF_LIFE_DAYS = 365.0
# So deep results can be looked through.
DEEPEST = 1_000


def recency(day: date, today: date) -> float:
    """Return the factor, between the floor and 1, by which one of the `RECENT_TYPES` counts less after this day."""
    age = max(0, (today - day).days)
    return RECENT_FLOOR + (1.0 - RECENT_FLOOR) * 0.5 ** (age / RECENT_HALF_LIFE_DAYS)
