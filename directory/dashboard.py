"""What the editors of the directory have to look at: entries whose confirmation runs out, reports of errors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from directory.freshness import DUE, STALE, freshness_kind
from directory.models import ErrorReport, Organisation

WAITING = (DUE, STALE)
OPEN_STATES = (ErrorReport.State.OPEN, ErrorReport.State.CHECKING)


def with_freshness(queryset: Any, kinds: Collection[str]) -> Any:
    """Narrow organisations to those whose state is one of `kinds`, as readers see it today."""
    today = timezone.localdate()
    rows = queryset.order_by().values_list("pk", "confirmed_on", "imported_on", "first_published_at")
    fitting = [
        pk
        for pk, confirmed, imported, published in rows
        if freshness_kind(confirmed, imported or (published and timezone.localdate(published)), today) in kinds
    ]
    return queryset.filter(pk__in=fitting)


def stale_organisations() -> Any:
    """Return the published organisations whose confirmation is due or has run out, the oldest first."""
    return with_freshness(Organisation.objects.published(), WAITING).order_by("confirmed_on", "imported_on", "name")


def open_reports() -> Any:
    """Return the reports of errors that nobody has answered yet, the newest first."""
    return ErrorReport.objects.filter(state__in=OPEN_STATES)
