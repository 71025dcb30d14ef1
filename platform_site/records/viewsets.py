"""The base of the editors' screens of a kind of record."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from platform_site.records.admin_views import (
    RecordCreateView,
    RecordEditView,
    RecordHistoryView,
    RecordWorkflowActionView,
)
from platform_site.records.admin_views_comments import RecordCommentsView
from platform_site.records.admin_views_lists import RecordChooserViewSet, RecordIndexView
from platform_site.records.admin_views_removal import (
    GuardedDeleteView,
    ReferencesView,
    ReviewerUnscheduleView,
    WithdrawView,
)
from platform_site.records.forms import RecordForm, terms_form
from platform_site.records.panels_comments import RecordTabs


class RecordViewSet(SnippetViewSet, ABC):
    """The screens of one kind of record. Subclasses state `model`, `icon`, `tabs`, `list_display`, `list_export`,
    `search_fields` and, for what the list shows, `list_select` and `list_prefetch`.
    """

    # Wagtail's search would answer by rank and is slow on SQLite; the lists ask the ORM.
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 30
    list_select: tuple[str, ...] = ()
    list_prefetch: tuple[str, ...] = ()
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {}
    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = GuardedDeleteView
    history_view_class = RecordHistoryView
    usage_view_class = ReferencesView
    unpublish_view_class = WithdrawView
    workflow_action_view_class = RecordWorkflowActionView
    revisions_unschedule_view_class = ReviewerUnscheduleView
    comments_view_class = RecordCommentsView
    chooser_viewset_class = RecordChooserViewSet
    delete_template_name = "records/confirm_delete.html"

    @abstractmethod
    def tabs(self) -> list[Any]:
        """Return the tabs of the form (ObjectList), in order."""

    def get_edit_handler(self) -> Any:
        """Return the form: the tabs of the subclass, then the facts that every record has."""
        handler = RecordTabs([*self.tabs(), publishing_tab()], base_form_class=terms_form(self.model, RecordForm))
        return handler.bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the screens, with that of the comments."""
        comments = path("comments/<int:pk>/", self.construct_view(self.comments_view_class), name="comments")
        return [*super().get_urlpatterns(), comments]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of the list and of its files."""
        options = {
            "select": self.list_select,
            "prefetch": self.list_prefetch,
            "export_columns": self.export_columns,
            "list_export": list(self.export_columns),
            "export_headings": {name: heading for name, (heading, _value) in self.export_columns.items()},
        }
        arguments: dict[str, Any] = super().get_index_view_kwargs(**options, **kwargs)
        return arguments

    def get_usage_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of the view of references, which keeps its own template."""
        return kwargs

    @property
    def unpublish_view(self) -> Any:
        """The withdrawal, which keeps its own template."""
        return self.construct_view(self.unpublish_view_class)

    @cached_property
    def export_filename(self) -> str:
        """The name of an exported file: the plural of the record's type."""
        return f"{self.model.record_type}s"


def publishing_tab() -> ObjectList:
    """Return the tab with source, audience and schedule."""
    return ObjectList(
        [
            MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], heading=_("Where the content is from")),
            FieldPanel("audience"),
            PublishingPanel(),
        ],
        heading=_("Source and publication"),
    )
