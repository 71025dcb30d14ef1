"""The years of a practice: when it ran, and until when that is known.

Nobody who described a practice in 2012 said that it runs today. Without an end, a practice was running in the year of
its data; lists, bars and words go no further.
"""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from django.utils.translation import gettext as _

FIRST_STEP = 1990
STEP = 5
EARLIER = f"-{FIRST_STEP - 1}"
# How old, in calendar years, what is said of a practice may be, to count as running still.
CURRENT_FOR = 1

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")


def data_year(
    *, start: str, as_of: int | None, source: str, imported_on: dt.date | None, published: dt.datetime | None
) -> int:
    """Return the year for which a chart speaks.

    That is the year that its editors state; else the last one that its source names ("Handbook, 2012"); else the year
    of the import; for a chart that was made on the site that of its last publication, for a draft the current one.
    Never before the practice began, never a year to come.
    """
    this_year = timezone.localdate().year
    named = [year for year in map(int, _YEAR.findall(source)) if year <= this_year]
    if as_of:
        year = as_of
    elif named:
        year = max(named)
    elif imported_on:
        year = imported_on.year
    else:
        year = timezone.localdate(published).year if published else this_year
    return min(max(year, int(start[:4]) if start else year), this_year)


def is_current(year: int) -> bool:
    """Say whether data of `year` may still speak for today."""
    return year >= oldest_current()


def oldest_current() -> int:
    """Return the oldest year of data that may still speak for today."""
    return timezone.localdate().year - CURRENT_FOR


def running_words(year: int) -> str:
    """Say that a practice without an end runs, or that it did in the year of its data."""
    if year == timezone.localdate().year:
        return _("still running")
    return _("was running in %(year)d") % {"year": year}


def period_words(start: str, end: str, year: int) -> str:
    """Return "2009–2010" or "since 2009", with the `year` of the data where it is not this one; "" without a start."""
    if not start:
        return ""
    first = start[:4]
    if end:
        return first if end[:4] == first else f"{first}–{end[:4]}"
    if year == timezone.localdate().year:
        return _("since %(year)s") % {"year": first}
    return _("since %(year)s (data of %(data_year)d)") % {"year": first, "data_year": year}


def running_options() -> list[tuple[str, str]]:
    """Return the values of the facet that asks whether a practice runs."""
    return [
        ("yes", _("Yes, by data of %(year)d or later") % {"year": oldest_current()}),
        ("then", _("It was when it was described")),
        ("no", _("No, it has ended")),
    ]


def running_value(end: str, year: int) -> str:
    """Return the value of a practice with this end and this year of the data."""
    if end:
        return "no"
    return "yes" if is_current(year) else "then"


def period_options() -> list[tuple[str, str]]:
    """Return the steps of five years up to today, the latest first, then what lies before.

    The latest step keeps its value when its years have gone by; until then its words promise none of them.
    """
    this_year = timezone.localdate().year
    steps = [(_step(year), _step_words(year, this_year)) for year in range(FIRST_STEP, this_year + 1, STEP)]
    return [*reversed(steps), (EARLIER, _("before %(year)d") % {"year": FIRST_STEP})]


def period_steps(start: str, end: str, year: int) -> tuple[str, ...]:
    """Return the steps in which a practice ran, the first one first; without `end` up to the `year` of the data.

    None without a start.

    >>> period_steps("1988", "1996-05", 2012)
    ('-1989', '1990-1994', '1995-1999')
    """
    if not start:
        return ()
    this_year = timezone.localdate().year
    first, last = int(start[:4]), int(end[:4]) if end else year
    found = [
        _step(step) for step in range(FIRST_STEP, this_year + 1, STEP) if first <= step + STEP - 1 and last >= step
    ]
    return (EARLIER, *found) if first < FIRST_STEP else tuple(found)


def _step(year: int) -> str:
    return f"{year}-{year + STEP - 1}"


def _step_words(year: int, this_year: int) -> str:
    if year + STEP - 1 > this_year:
        return _("since %(year)s") % {"year": year}
    return f"{year}–{year + STEP - 1}"
