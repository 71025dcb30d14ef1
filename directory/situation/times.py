"""When: "in four weeks", "nächsten Montag", "el 3 de mayo", "demain": days from today."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from directory.situation.lexicon import cues, marked, rows_of
from directory.situation.sentence import Sentence
from search.analysis import fold

DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_WEEK = 7
_DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?(?!\d)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?\Z")
# Beyond that nobody plans a journey; such numbers are something else.
FARTHEST_DAYS = 3 * 365


@dataclass(frozen=True)
class When:
    """In how many days (None: not said), and the places of the words that say so or speak of another time."""

    days: int | None = None
    places: frozenset[int] = frozenset()


@lru_cache(maxsize=8)
def _calendar(language: str) -> dict[str, dict[str, int]]:
    """Return the numbers of words by kind: `month`, `weekday`, `number`."""
    found: dict[str, dict[str, int]] = {"month": {}, "weekday": {}, "number": {}}
    for row in rows_of("calendar"):
        for word in filter(None, row[language].split(";")):
            found[row["kind"]].setdefault(fold(word), int(row["number"]))
    return found


def when(sentence: Sentence, today: dt.date) -> When:
    """Return the time that a sentence speaks of; the soonest one of several. Never raises."""
    found: list[int] = []
    used: set[int] = set()
    for read in (_spans, _words, _weekdays, _dates, _written_dates):
        for days, places in read(sentence, today):
            used.update(places)
            if days is not None and 0 <= days <= FARTHEST_DAYS:
                found.append(days)
    return When(min(found) if found else None, frozenset(used))


_Found = list[tuple[int | None, set[int]]]


def _places(sentence: Sentence, code: str) -> frozenset[int]:
    return marked(sentence, code, "times")


def _number(sentence: Sentence, place: int) -> int | None:
    if not 0 <= place < len(sentence.words):
        return None
    folded = sentence.words[place].folded
    if folded.isdecimal() and len(folded) <= 3:
        return int(folded)
    return _calendar(sentence.language)["number"].get(folded)


def number_places(sentence: Sentence) -> frozenset[int]:
    """Return the places of numbers, in words or figures."""
    return frozenset(place for place in range(len(sentence.words)) if _number(sentence, place) is not None)


def _spans(sentence: Sentence, today: dt.date) -> _Found:
    """Return the spans: a number and a unit, or "next week"; those that lie behind are used up and say nothing."""
    ago, ahead, following = (_places(sentence, code) for code in ("ago", "before_span", "next"))
    found: _Found = []
    for unit, length in DAYS.items():
        for place in _places(sentence, unit):
            count = _number(sentence, place - 1)
            near = set(range(place - 3, place + 3)) & set(sentence.clause_of(place))
            if count is None:
                beside = {place - 1, place + 1} & following & near
                if beside:
                    found.append((length, {place, *beside}))
                continue
            words = {place - 1, place}
            if _number(sentence, place - 2) is not None and sentence.words[place - 2].folded.isdecimal():
                # "in 4-5 weeks"
                words.add(place - 2)
            if near & ago:
                found.append((None, words))
            elif {near_by for near_by in near if near_by < place} & ahead:
                found.append((count * length, words))
            elif unit != "year":
                found.append((None, words))
    return found


def _words(sentence: Sentence, today: dt.date) -> _Found:
    """Return what one word says: today, tomorrow."""
    found: _Found = []
    for code, days in (("today", 0), ("tomorrow", 1), ("after_tomorrow", 2)):
        for hit in cues("times", sentence.language, code, whole=True).hits(sentence.words):
            found.append((days, set(hit.places)))
    longest = {place for _days, places in found if len(places) > 1 for place in places}
    found = [(days, places) for days, places in found if len(places) > 1 or not places & longest]
    return [*found, *((None, {place}) for place in _places(sentence, "soon"))]


def _weekdays(sentence: Sentence, today: dt.date) -> _Found:
    days = _calendar(sentence.language)["weekday"]
    ago = _places(sentence, "ago")
    return [
        (None if place - 1 in ago else (days[word.folded] - today.isoweekday() - 1) % _WEEK + 1, {place})
        for place, word in enumerate(sentence.words)
        if word.folded in days
    ]


def _dates(sentence: Sentence, today: dt.date) -> _Found:
    """Return the dates in words: "3 May", "May 3rd", "3 de mayo", "in June"."""
    months = _calendar(sentence.language)["month"]
    words = sentence.words
    found: _Found = []
    for place, word in enumerate(words):
        month = months.get(word.folded)
        if month is None:
            continue
        day, used = None, {place}
        for near in (place - 1, place - 2, place + 1):
            if 0 <= near < len(words) and (match := _ORDINAL.match(words[near].folded)):
                day, used = int(match[1]), {place, near}
                break
        if day is None and not _is_month(sentence, place):
            continue
        found.append((_until(today, month, day), used))
    return found


_BEFORE_MONTH = {
    "en": {"in", "by", "until", "mid", "early", "late", "end", "next", "of", "this", "before"},
    "fr": {"en", "mi", "debut", "fin", "d", "avant", "de", "courant"},
    "de": {"im", "bis", "mitte", "anfang", "ende", "nachsten", "ab"},
    "es": {"en", "de", "mediados", "finales", "principios", "hasta", "para"},
    "it": {"in", "a", "meta", "entro", "fine", "inizio", "di", "ad"},
}


def _is_month(sentence: Sentence, place: int) -> bool:
    """Say whether a word is a month where no day stands beside it: "may" and "march" are also verbs."""
    return place > 0 and sentence.words[place - 1].folded in _BEFORE_MONTH[sentence.language]


def _written_dates(sentence: Sentence, today: dt.date) -> _Found:
    """Return the dates in figures: "3.5.", "03/05/2027"; a day comes before its month."""
    found: _Found = []
    for match in _DATE.finditer(sentence.text):
        day, month = int(match[1]), int(match[2])
        used = {n for n, word in enumerate(sentence.words) if match.start() <= word.start < match.end()}
        # "24/7" is no date.
        if 1 <= month <= 12 and 1 <= day <= 31 and used and match[0] != "24/7":
            found.append((_until(today, month, day), used))
    return found


def _until(today: dt.date, month: int, day: int | None) -> int | None:
    """Return the days until the next such day; of a month without a day until it begins, 0 in the month itself."""
    if day is None:
        if month == today.month:
            return 0
        day = 1
    for year in (today.year, today.year + 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return None
        if date >= today:
            return (date - today).days
    return None
