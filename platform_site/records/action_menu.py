"""What the buttons at the foot of a record's form offer."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import SubmitForModerationMenuItem as SubmitPageItem
from wagtail.snippets.action_menu import ActionMenuItem, SubmitForModerationMenuItem, UnpublishMenuItem

from platform_site.accounts.roles import is_reviewer
from platform_site.records.models import Record


class WithdrawMenuItem(ActionMenuItem):
    """Leads reviewers to the withdrawal of a published record."""

    name = "action-withdraw"
    label = _("Withdraw")
    icon_name = "download"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Say whether there is something to withdraw, and somebody who may."""
        instance = context.get("instance")
        return bool(
            context["view"] == "edit"
            and instance is not None
            and instance.live
            and not context.get("locked_for_user")
            and is_reviewer(context["request"].user)
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the withdrawal."""
        instance = parent_context["instance"]
        return reverse(instance.snippet_viewset.get_url_name("unpublish"), args=[quote(instance.pk)])


def withdraw_item(model: Any) -> ActionMenuItem | None:
    """Return the button for models that are records."""
    return WithdrawMenuItem(order=20) if issubclass(model, Record) else None


def without_unpublish(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Take Wagtail's "unpublish" off the foot of records: it asks for no reason."""
    if issubclass(context["model"], Record):
        items[:] = [item for item in items if not isinstance(item, UnpublishMenuItem)]


class _SubmitForReview:
    """Wagtail's label quotes the workflow, whose name stands in the database in one language."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the context of the button, with a label in the editor's language."""
        context: dict[str, Any] = super().get_context_data(parent_context)  # type: ignore[misc]  # a mixin
        return {**context, "label": _("Submit for review")}


class SubmitRecordForReview(_SubmitForReview, SubmitForModerationMenuItem):
    """Submits a record."""


class SubmitPageForReview(_SubmitForReview, SubmitPageItem):
    """Submits a page."""


def say_submit(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Put our words on the button that submits a record or a page."""
    words = {SubmitForModerationMenuItem: SubmitRecordForReview, SubmitPageItem: SubmitPageForReview}
    items[:] = [words[type(item)](order=item.order) if type(item) in words else item for item in items]
