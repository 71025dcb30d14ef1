"""What the editors of the directory have to look at: entries whose confirmation runs out, reports of errors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.freshness import AGE_FIELDS, DUE, IMPORTED, STALE, freshness, freshness_kind
from directory.models import ErrorReport, Organisation, ProcedureNote, ProcedurePoint
from directory.procedures import point_freshness
from platform_site.records.dashboard import NAMED, DeskContent, DeskLink, DeskList, DeskRow, when

WAITING = (DUE, STALE)
OPEN_STATES = (ErrorReport.State.OPEN, ErrorReport.State.CHECKING)


def kinds_of(queryset: Any) -> list[tuple[int, str]]:
    """Return primary key and state of the organisations of `queryset`, in its order, as readers see it today."""
    today = timezone.localdate()
    rows = queryset.values("pk", *AGE_FIELDS)
    return [(row.pop("pk"), freshness_kind(**row, today=today)) for row in rows]


def with_freshness(queryset: Any, kinds: Collection[str]) -> Any:
    """Narrow organisations to those whose state is one of `kinds`."""
    return queryset.filter(pk__in=[pk for pk, kind in kinds_of(queryset.order_by()) if kind in kinds])


def open_reports() -> Any:
    """Return the reports of errors that nobody has answered yet, the newest first."""
    return ErrorReport.objects.filter(state__in=OPEN_STATES)


class StalePanel(DeskList):
    """Entries that somebody has to confirm: those where it is due or has run out, then those where nobody ever did."""

    name = "stale"
    heading = gettext_lazy("Entries to confirm")
    empty = gettext_lazy("All entries are confirmed.")
    order = 120

    def content(self, request: Any) -> DeskContent:
        """Return the entries, the oldest confirmation first, and a link to each of the two groups with its number."""
        oldest = (F("confirmed_on").asc(nulls_last=True), F("imported_on").asc(nulls_last=True), "name")
        kinds = kinds_of(Organisation.objects.published().order_by(*oldest))
        lapsing = [pk for pk, kind in kinds if kind in WAITING]
        unconfirmed = [pk for pk, kind in kinds if kind == IMPORTED]
        named = [*lapsing, *unconfirmed][:NAMED]
        found = Organisation.objects.in_bulk(named)
        groups = (
            (_("Due or run out: %(count)s"), "waiting", lapsing),
            (_("Never confirmed: %(count)s"), IMPORTED, unconfirmed),
        )
        index = reverse(Organisation.snippet_viewset.get_url_name("list"))
        links = [
            DeskLink(label % {"count": len(pks)}, f"{index}?freshness={value}") for label, value, pks in groups if pks
        ]
        return DeskContent(len(lapsing) + len(unconfirmed), [self._row(found[pk]) for pk in named], links)

    @staticmethod
    def _row(organisation: Organisation) -> DeskRow:
        state = freshness(organisation)
        detail = f"{state.word}: {state.detail}" if state.detail else state.word
        url = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])
        return DeskRow(str(organisation), url, detail)


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


class OldNotesPanel(DeskList):
    """Published procedure notes with a point that somebody has to look at: it is due for a check or older."""

    name = "old_notes"
    heading = gettext_lazy("Procedure notes to check")
    empty = gettext_lazy("Every point of the procedure notes is up to date.")
    order = 135

    def content(self, request: Any) -> DeskContent:
        """Return the notes, the one with the oldest point first."""
        points = ProcedurePoint.objects.filter(note__live=True).values("note", "note__name")
        oldest = points.annotate(oldest=Min("as_of")).order_by("oldest", "note__name")
        waiting = [
            (row["note"], row["note__name"], state)
            for row in oldest
            if (state := point_freshness(row["oldest"])).kind in WAITING
        ]
        viewset = ProcedureNote.snippet_viewset
        rows = [
            DeskRow(name, reverse(viewset.get_url_name("edit"), args=[pk]), f"{state.word}: {state.detail}")
            for pk, name, state in waiting[:NAMED]
        ]
        links = [DeskLink(_("All procedure notes"), reverse(viewset.get_url_name("list")))] if rows else []
        return DeskContent(len(waiting), rows, links)
