"""What the directory adds to Wagtail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from directory.admin_views import BulkConfirm
from directory.dashboard import OldNotesPanel, ReportsPanel, StalePanel
from directory.models import ErrorReport
from directory.viewsets import DirectoryGroup
from platform_site.records.permissions import register_model

register_snippet(DirectoryGroup)
register_model(ErrorReport, editors=("change", "view"), reviewers=("change", "view", "delete"))
hooks.register("register_bulk_action", BulkConfirm)


@hooks.register("construct_homepage_panels", order=10)
def directory_panels(request: Any, panels: list[Any]) -> None:
    """Add what the editors of the directory look after."""
    panels += [StalePanel(), ReportsPanel(), OldNotesPanel()]


@hooks.register("register_log_actions")
def register_confirmation(actions: Any) -> None:
    """Name the confirmation of an entry in its history."""

    @actions.register_action("directory.confirm")
    class ConfirmFormatter(LogFormatter):  # a class of the hook's own, as Wagtail wants it
        label = _("Confirm")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Confirmed as true on %(date)s") % {"date": log_entry.data.get("confirmed_on", "")}
