"""Comments in the form of a record: a link at each field, and the open ones in a panel at the side.

The links lead to the page of comments in a new tab, so that nothing is lost that was typed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.panels import FieldPanel, InlinePanel, PublishingPanel, TabbedInterface
from wagtail.admin.ui.side_panels import BaseSidePanel

from platform_site.records.comment_places import TEXTS, Place, panel_path, place_key, places
from platform_site.records.comments import may_comment
from platform_site.records.models import RecordComment


def comments_url(model: Any, pk: Any, place: str = "") -> str:
    """Return the address of the comments on a record, or on one place of it (a key of `comment_places`)."""
    url = reverse(model.snippet_viewset.get_url_name("comments"), args=[quote(pk)])
    return f"{url}?{urlencode({'field': place})}" if place else url


@dataclass(frozen=True)
class CommentLink:
    """The link at a field: how many comments are open there, and where they stand."""

    place: Place
    count: int
    url: str

    @property
    def text(self) -> str:
        """The words of the link: that of the whole record leads to all comments."""
        if not self.place.path:
            return ngettext("All comments (%(count)s open)", "All comments (%(count)s open)", self.count) % {
                "count": self.count
            }
        if not self.count:
            return _("Comment")
        return ngettext("%(count)s open comment", "%(count)s open comments", self.count) % {"count": self.count}

    @property
    def name(self) -> str:
        """The words for who does not see where the link stands."""
        return _("%(words)s: %(field)s (in a new tab)") % {"words": self.text, "field": self.place.label}


class RecordTabs(TabbedInterface):
    """The form of a record: tabs, with the link to the comments at each field."""

    class BoundPanel(TabbedInterface.BoundPanel):
        """The tabs with their form."""

        template_name = "records/record_tabs.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the context, after giving each field its link. A record that is not saved yet has none."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            record = self.instance
            if record.pk is not None and self.request is not None and may_comment(self.request.user, type(record)):
                links = comment_links(record)
                context["comment_link"] = links[""]
                for panel, key in _places_of(self.children):
                    # Of two texts in one language, which a form may hold until it is checked, the first one.
                    if link := links.pop(key, None):
                        panel.comment_link, panel.inner_template = link, panel.template_name
                        panel.template_name = "records/commented_panel.html"
            return context


def comment_links(record: Any) -> dict[str, CommentLink]:
    """Return the links of `record` by the keys of their places, with the numbers of open comments, in one query."""
    counts: dict[str, int] = {}
    for path, language in RecordComment.objects.of(record).open().values_list("path", "language"):
        key = place_key(path, language)
        counts[key] = counts.get(key, 0) + 1
    counts[""] = sum(counts.values())
    return {
        key: CommentLink(place, counts.get(key, 0), comments_url(type(record), record.pk, key))
        for key, place in places(record).items()
    }


def _places_of(panels: Any, language: str = "") -> Iterator[tuple[Any, str]]:
    """Yield the bound panels of fields and rows with the keys of their places."""
    for panel in panels:
        if isinstance(panel, PublishingPanel.BoundPanel):
            continue
        if isinstance(panel, FieldPanel.BoundPanel):
            name = panel_path(panel.panel)
            yield panel, place_key(f"{TEXTS}.{name}", language) if language else name
        elif isinstance(panel, InlinePanel.BoundPanel):
            yield panel, panel_path(panel.panel)
            if panel_path(panel.panel) == TEXTS:
                for row in panel.children:
                    if row.instance.language:
                        yield from _places_of([row], row.instance.language)
        else:
            yield from _places_of(getattr(panel, "children", ()), language)


class CommentsSidePanel(BaseSidePanel):
    """The open comments on a record, beside its form: each leads to its field and to its thread."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button, with the number of open comments."""

        aria_label = gettext_lazy("Show or hide the comments")
        icon_name = "comment"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Return the context."""
            return {**super().get_context_data(parent_context), "count": len(self.panel.threads)}

    # Not "comments": under that name Wagtail's scripts look for those of pages.
    name = "record-comments"
    title = gettext_lazy("Comments")
    template_name = "records/comments_side_panel.html"
    order = 300

    class Media:
        """The look of the comments and of the links at the fields, and what leads from the one to the other."""

        css = {"all": ["records/editing.css"]}
        js = ["records/comments.js"]

    def __init__(self, record: Any, request: Any) -> None:
        super().__init__(record, request)
        self.threads = [*RecordComment.objects.of(record).open().select_related("author")]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the context: each open thread with its place in the form, if that is still there."""
        known = places(self.object)
        rows = [
            {"thread": thread, "place": known.get(thread.place), "url": self.url(thread.place)}
            for thread in self.threads
        ]
        return {**super().get_context_data(parent_context), "rows": rows, "all_url": self.url()}

    def url(self, place: str = "") -> str:
        """Return the address of the comments on the record, or on a place of it."""
        return comments_url(self.model, self.object.pk, place)
