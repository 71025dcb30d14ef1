"""What the editors of the directory have to look at: entries whose confirmation runs out, reports of errors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.freshness import DUE, STALE, freshness, freshness_kind
from directory.models import ErrorReport, Organisation
from platform_site.records.dashboard import NAMED, DeskContent, DeskLink, DeskList, DeskRow, when

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


class StalePanel(DeskList):
    """Entries whose confirmation is due or has run out."""

    name = "stale"
    heading = gettext_lazy("Entries to confirm")
    empty = gettext_lazy("All entries are confirmed.")
    order = 120

    def content(self, request: Any) -> DeskContent:
        """Return the entries, the oldest confirmation first."""
        waiting = list(stale_organisations())
        viewset = Organisation.snippet_viewset
        rows = []
        for organisation in waiting[:NAMED]:
            state = freshness(organisation)
            detail = f"{state.word}: {state.detail}" if state.detail else state.word
            url = reverse(viewset.get_url_name("edit"), args=[organisation.pk])
            rows.append(DeskRow(str(organisation), url, detail))
        url = reverse(viewset.get_url_name("list")) + "?freshness=waiting"
        return DeskContent(len(waiting), rows, [DeskLink(_("All of them"), url)] if rows else [])


class ReportsPanel(DeskList):
    """Reports of errors that nobody has answered yet."""

    name = "reports"
    heading = gettext_lazy("Reports of errors")
    empty = gettext_lazy("No report waits for an answer.")
    order = 130

    def content(self, request: Any) -> DeskContent:
        """Return the reports, the newest first."""
        reports = list(open_reports())
        rows = [
            DeskRow(
                f"{report.record_name}: {Truncator(report.message).chars(80)}",
                reverse("error-reports:edit", args=[report.pk]),
                f"{report.get_state_display()}, {when(report.created_at)}",
            )
            for report in reports[:NAMED]
        ]
        links = [DeskLink(_("All reports"), reverse("error-reports:index"))] if rows else []
        return DeskContent(len(reports), rows, links)
