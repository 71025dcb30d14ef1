"""The numbers at the head of the editors' desk: how much there is of each kind of record, and of pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Value
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.models import Page

from platform_site.records.registry import record_models


class RecordsSummaryItem(SummaryItem):
    """How many records of one kind there are, drafts among them, with the way to their list."""

    order = 50
    template_name = "records/summary_item.html"

    def __init__(self, request: Any, model: Any, count: int) -> None:
        super().__init__(request)
        self.model = model
        self.count = count
        self.viewset = model.snippet_viewset

    def is_shown(self) -> bool:
        """Say whether the person may see the list."""
        policy = self.viewset.permission_policy
        return bool(policy.user_has_any_permission(self.request.user, ["add", "change", "delete", "view"]))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the number, the name that fits it, the address of the list."""
        options = self.model._meta
        name = options.verbose_name if self.count == 1 else options.verbose_name_plural
        return {
            "count": self.count,
            "name": capfirst(str(name)),
            "url": reverse(self.viewset.get_url_name("list")),
            "icon": self.viewset.icon,
        }


class WrittenPagesSummaryItem(PagesSummaryItem):
    """How many pages somebody wrote: what stands in for a missing translation is no page more."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return Wagtail's context with our number."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        # Not the root of the context, which is a home page to link to: translations stand in trees beside it.
        root = get_site_for_user(self.request.user)["root_page"]
        if root is not None:
            pages = Page.objects.filter(alias_of=None, depth__gt=1)
            context["total_pages"] = pages.descendant_of(root, inclusive=True).count()
        return context


def summary_items(request: Any, items: list[Any]) -> None:
    """Put the kinds of records before what Wagtail counts (hook `construct_homepage_summary_items`)."""
    items[:] = [WrittenPagesSummaryItem(request) if type(item) is PagesSummaryItem else item for item in items]
    counts = _counts()
    items += [RecordsSummaryItem(request, model, counts.get(name, 0)) for name, model in record_models().items()]


def _counts() -> dict[str, int]:
    """Return how many records there are of each type that has any, in one query."""
    parts = [
        model.objects.order_by().values(_type=Value(name)).annotate(_number=Count("pk"))
        for name, model in record_models().items()
    ]
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    return {row["_type"]: row["_number"] for row in rows}
