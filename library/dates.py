"""Dates as documents print them: a year, a month or a day."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_FORM = re.compile(r"\A\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless `value` is a year, a month or a day that exists: YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        if not _FORM.match(value):
            raise ValueError(value)
        first_day(value)
    except ValueError as error:
        raise ValidationError(_("Write YYYY, YYYY-MM or YYYY-MM-DD.")) from error


def first_day(value: str) -> dt.date:
    """Return the first day of a partial date. Raises ValueError for one that does not exist."""
    return dt.date.fromisoformat(value + "-01-01"[3 * value.count("-") :])


def date_words(value: str) -> str:
    """Return a partial date as the active language writes it, "" for none."""
    if not value:
        return ""
    day = first_day(value)
    style = {4: "Y", 7: "YEAR_MONTH_FORMAT"}.get(len(value), "DATE_FORMAT")
    return date_format(day, style)
