"""What the buttons at the foot of a record's form offer."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import ActionMenuItem, UnpublishMenuItem

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
