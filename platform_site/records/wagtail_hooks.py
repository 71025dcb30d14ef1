"""What the records add to Wagtail."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from platform_site.records.action_menu import say_submit, withdraw_item, without_unpublish
from platform_site.records.admin_views_removal import GuardedBulkDelete
from platform_site.records.comments import COMMENTED, REOPENED, RESOLVED
from platform_site.records.dashboard import record_panels
from platform_site.records.forms_dates import register_date_fields
from platform_site.records.forms_terms import register_term_fields, term_choices_view, terms_words
from platform_site.records.permissions import register_model
from platform_site.records.questions import NOBODY_KNOWN
from platform_site.records.schedule import REFUSED
from platform_site.records.summary import summary_items
from platform_site.records.viewsets_terms import TermViewSet
from platform_site.vocabulary.models import Term

# Wagtail's items that lead nowhere useful here: every kind of record has an item of its own.
HIDDEN_ITEMS = frozenset({"snippets", "help"})
SCRIPTS = ("saving", "rows")

register_term_fields()
register_date_fields()
register_snippet(TermViewSet)
register_model(Term, editors=("add", "change", "view"), reviewers=("add", "change", "view", "delete"))
hooks.register("register_snippet_action_menu_item", withdraw_item)
hooks.register("construct_snippet_action_menu", without_unpublish)
hooks.register("construct_snippet_action_menu", say_submit)
hooks.register("construct_page_action_menu", say_submit)
# After Wagtail's own, whose place it takes: the action registered last under a name stays.
hooks.register("register_bulk_action", GuardedBulkDelete, order=100)
hooks.register("insert_editor_js", terms_words)
hooks.register("construct_homepage_summary_items", summary_items, order=100)


@hooks.register("register_log_actions")
def register_record_actions(actions: Any) -> None:
    """Name in the history what Wagtail has no words for, with its reasons."""

    @actions.register_action("records.withdraw")
    class WithdrawFormatter(LogFormatter):  # a class of the hook's own, as Wagtail wants it
        label = _("Withdraw")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Withdrawn: %(reason)s") % {"reason": log_entry.data.get("reason", "")}

    @actions.register_action(REFUSED)
    class RefusedFormatter(LogFormatter):  # as above
        label = _("Not published at its time")

        def format_message(self, log_entry: Any) -> str:
            reasons = " ".join(log_entry.data.get("reasons", []))
            return gettext("Not published at its time: %(reasons)s") % {"reasons": reasons}

    @actions.register_action(NOBODY_KNOWN)
    class NobodyKnownFormatter(LogFormatter):  # as above
        label = _("Nobody can be known from it")

        def format_message(self, log_entry: Any) -> str:
            found = "; ".join(log_entry.data.get("found", []))
            return gettext("Nobody can be known from it; looked at: %(found)s") % {"found": found}

    # What was said stays among staff who work on the record: the history goes on to exports and other readers.
    actions.register_action(COMMENTED, _("Comment"), _("Wrote a comment"))
    actions.register_action(RESOLVED, _("Resolve a comment"), _("Resolved a comment"))
    actions.register_action(REOPENED, _("Open a comment again"), _("Opened a comment again"))


@hooks.register("insert_editor_js")
def form_scripts() -> str:
    """Return the scripts of every form: one that saves itself stops when a button is pressed; rows can be added."""
    return format_html_join("", '<script src="{}"></script>', ((static(f"records/{name}.js"),) for name in SCRIPTS))


@hooks.register("register_admin_urls")
def term_addresses() -> list[Any]:
    """Return the addresses of the lists for the forms."""
    return [path("terms/choices/<slug:list_name>/", term_choices_view, name="records_term_choices")]


@hooks.register("construct_homepage_panels")
def desk_panels(request: Any, panels: list[Any]) -> None:
    """Put our panels in the place of Wagtail's: those ask the database once for each row, and know pages best."""
    panels[:] = record_panels()


@hooks.register("construct_main_menu")
def hide_items(request: Any, items: list[Any]) -> None:
    """Leave out the items that lead nowhere useful here."""
    items[:] = [item for item in items if item.name not in HIDDEN_ITEMS]
