"""Values of indicators: which are taken, and how they are written for a reader.

A value is kept as text: `yes`, `no` or `practice`; a number with a point; a year, month or day; or words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from directory.profiles.indicators import ValueKind
from platform_site.texts.partial_dates import date_words, is_partial_date

YES, NO, PRACTICE = "yes", "no", "practice"
ANSWERS = {
    YES: gettext_lazy("Yes"),
    NO: gettext_lazy("No"),
    PRACTICE: gettext_lazy("In practice, without a rule"),
}
# Units that the site has words for; others stand as they are written.
UNITS: dict[str, Any] = {
    "persons": ngettext_lazy("%(number)s person", "%(number)s persons", "count"),
    "cases": ngettext_lazy("%(number)s case", "%(number)s cases", "count"),
    "organisations": ngettext_lazy("%(number)s organisation", "%(number)s organisations", "count"),
    "shelters": ngettext_lazy("%(number)s shelter", "%(number)s shelters", "count"),
    "days": ngettext_lazy("%(number)s day", "%(number)s days", "count"),
    "months": ngettext_lazy("%(number)s month", "%(number)s months", "count"),
    "years": ngettext_lazy("%(number)s year", "%(number)s years", "count"),
    "persons per year": ngettext_lazy("%(number)s person per year", "%(number)s persons per year", "count"),
    "cases per year": ngettext_lazy("%(number)s case per year", "%(number)s cases per year", "count"),
    "percent": ngettext_lazy("%(number)s percent", "%(number)s percent", "count"),
}
# Of a value of this age readers are told that it may be out of date.
OLD_YEARS = 3
_NUMBER = re.compile(r"\A-?\d{1,15}(?:\.\d{1,6})?\Z", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)", re.ASCII)
_PERCENT = re.compile(r"%|\bper ?cent|\bpro ?cent|\bprozent|\bpct\b|\bpourcent|\bpor ciento|\bper cento", re.IGNORECASE)


def value_problem(kind: str, value: str) -> Any:
    """Return, as a sentence, why an indicator of this kind does not take `value`; "" if it does."""
    if kind == ValueKind.YES_NO_PRACTICE and value not in ANSWERS:
        return _("This indicator takes yes, no or practice.")
    if kind == ValueKind.NUMBER and not _NUMBER.match(value):
        return _("This indicator takes a number: figures alone, with a point before decimals.")
    if kind == ValueKind.DATE and not is_partial_date(value):
        return _("This indicator takes a date: YYYY, YYYY-MM or YYYY-MM-DD.")
    return ""


def is_percentage(kind: str, value: str, unit: str) -> bool:
    """Say whether a value is a share in percent: by its unit, or by the words of a text."""
    return bool(_PERCENT.search(unit)) or (kind == ValueKind.TEXT and bool(_PERCENT.search(value)))


def years_in(text: str) -> list[int]:
    """Return the years (four figures) that a text names, in order: [2007, 2012] of "2007-2012"."""
    return [int(found) for found in _YEAR.findall(text)]


def is_old(year: str, today_year: int) -> bool:
    """Say whether the last year that `year` names lies more than `OLD_YEARS` back; without one it does not."""
    named = years_in(year)
    return bool(named) and max(named) < today_year - OLD_YEARS


def value_words(kind: str, value: str, unit: str) -> str:
    """Return a value in the words of the active language, with its unit."""
    if kind == ValueKind.YES_NO_PRACTICE:
        return str(ANSWERS.get(value, value))
    if kind == ValueKind.DATE and is_partial_date(value):
        return date_words(value)
    if kind == ValueKind.NUMBER and _NUMBER.match(value):
        amount = Decimal(value)
        number = number_format(amount, use_l10n=True, force_grouping=True)
        if unit not in UNITS:
            return f"{number} {unit}".strip()
        # Parts of one are no singular: 1.5 days.
        count = int(amount) if amount == int(amount) else 2
        return str(UNITS[unit] % {"count": abs(count), "number": number})
    return value
