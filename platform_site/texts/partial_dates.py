"""Dates as sources print them (a year, a month or a day), in the words of the reader's language."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.translation import gettext_noop

# Marked for the project's own catalogues, which come before Django's: its Italian one writes months with a capital.
MONTHS = (
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April"),
    gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August"),
    gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December"),
)  # fmt: skip
_FORM = re.compile(r"\A\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)


def is_partial_date(value: str) -> bool:
    """Say whether `value` is a year, a month or a day that exists: YYYY, YYYY-MM or YYYY-MM-DD."""
    if not _FORM.match(value):
        return False
    try:
        first_day(value)
    except ValueError:
        return False
    return True


def first_day(value: str) -> dt.date:
    """Return the first day of YYYY, YYYY-MM or YYYY-MM-DD. Raises ValueError for one that does not exist."""
    return dt.date.fromisoformat(value + "-01-01"[3 * value.count("-") :])


def date_words(value: str) -> str:
    """Return a partial date as the active language writes it, "" for none."""
    if not value:
        return ""
    day = first_day(value)
    style = {4: "Y", 7: "YEAR_MONTH_FORMAT"}.get(len(value), "DATE_FORMAT")
    return date_format(day, style)
