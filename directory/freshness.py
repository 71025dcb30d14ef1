"""How old an entry is: when somebody last said that it is still true, and what readers are told about that.

The steps are months of `settings.FRESHNESS_MONTHS`: freshly confirmed, confirmed, due, due soon to lapse; after the
last one an entry is stale. An entry that nobody confirmed yet is "imported"; its clock starts at the import (or at
its first publication), and after the last step it is stale too.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

CONFIRMED, DUE, STALE, IMPORTED = "confirmed", "due", "stale", "imported"
# What the age of an entry is computed from.
AGE_FIELDS = ("confirmed_on", "imported_on", "first_published_at")
# The values of the facet, with their words.
KINDS: tuple[tuple[str, Any], ...] = (
    (CONFIRMED, gettext_lazy("Confirmed")),
    (DUE, gettext_lazy("Due for a check")),
    (STALE, gettext_lazy("Not confirmed for more than a year")),
    (IMPORTED, gettext_lazy("Imported, not yet confirmed")),
)


@dataclass(frozen=True)
class Freshness:
    """What is shown of an entry's age: filled ticks (None: no ticks), kind, word, detail, day of the next check.

    `months` is how many whole months ago it was confirmed, None where nobody ever did.
    """

    ticks: int | None
    kind: str
    word: str
    detail: str
    next_check: date | None = None
    months: int | None = None


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later, the month's last day where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(since: date, until: date) -> int:
    """Return how many whole months lie between two days; 0 if `until` comes first."""
    months = (until.year - since.year) * 12 + until.month - since.month
    if months > 0 and months_later(since, months) > until:
        months -= 1
    return max(months, 0)


def freshness_kind(
    *, confirmed_on: date | None, imported_on: date | None, first_published_at: datetime | None, today: date
) -> str:
    """Return the kind of an entry with these values: for an instance and for a plain row of the database alike."""
    _fresh, confirmed, _due, last = settings.FRESHNESS_MONTHS
    start = confirmed_on or clock_start(imported_on, first_published_at)
    if start is not None and today > months_later(start, last):
        return STALE
    if confirmed_on is None:
        return IMPORTED
    return CONFIRMED if today <= months_later(confirmed_on, confirmed) else DUE


def clock_start(imported_on: date | None, first_published_at: datetime | None) -> date | None:
    """Return the day from which an entry that nobody confirmed is counted: its import, else its first publication."""
    if imported_on:
        return imported_on
    return timezone.localdate(first_published_at) if first_published_at else None


def freshness(organisation: Any, today: date | None = None) -> Freshness:
    """Return the state of an entry on the day `today` (default: today), in the active language."""
    day = today or timezone.localdate()
    confirmed_on: date | None = organisation.confirmed_on
    kind = freshness_kind(
        confirmed_on=confirmed_on,
        imported_on=organisation.imported_on,
        first_published_at=organisation.first_published_at,
        today=day,
    )
    if kind == IMPORTED:
        return Freshness(None, kind, _("Not yet confirmed"), _unconfirmed_detail(organisation))
    if kind == STALE:
        detail = _age_detail(confirmed_on, day) if confirmed_on else _unconfirmed_detail(organisation)
        months = whole_months(confirmed_on, day) if confirmed_on else None
        return Freshness(0, kind, _("Not confirmed"), detail, months=months)
    # Neither imported nor stale: it was confirmed; the second half only tells the types so.
    since = confirmed_on or day
    fresh, confirmed, due, _last = settings.FRESHNESS_MONTHS
    steps = ((5, fresh), (4, confirmed), (3, due))
    ticks = next((ticks for ticks, months in steps if day <= months_later(since, months)), 2)
    word = _("Confirmed") if kind == CONFIRMED else _("Due for a check")
    return Freshness(ticks, kind, word, _written(since), months_later(since, confirmed), whole_months(since, day))


def age_words(freshness: Freshness) -> str:
    """Return in a few words how long ago an entry was confirmed: for a line among other statements."""
    if freshness.months is None:
        return _("not yet confirmed")
    if not freshness.months:
        return _("confirmed this month")
    return ngettext("confirmed %(count)d month ago", "confirmed %(count)d months ago", freshness.months) % {
        "count": freshness.months
    }


def _age_detail(since: date, today: date) -> str:
    return _("%(age)s, %(date)s") % {"age": _months_ago(whole_months(since, today)), "date": _written(since)}


def _unconfirmed_detail(organisation: Any) -> str:
    start = clock_start(organisation.imported_on, organisation.first_published_at)
    if start is None:
        return ""
    if organisation.imported_on:
        return _("imported on %(date)s") % {"date": _written(start)}
    return _("published on %(date)s") % {"date": _written(start)}


def _months_ago(months: int) -> str:
    return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}


def _written(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
