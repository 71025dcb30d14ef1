"""The task of the workflow "Review": somebody else reads what was written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask

from platform_site.records.gate import PublishRefused, author_id
from platform_site.records.revision_content import same_content

APPROVE = "approve"


class ReviewTask(AbstractGroupApprovalTask):
    """A group approves, but nobody an own text: Wagtail's own task lets the author approve (setting PUBLISH_FOUR_EYES).

    Who the author of a text is, says the gate (`records.gate.author_id`).
    """

    class Meta:
        verbose_name = gettext_lazy("review by somebody else")
        verbose_name_plural = gettext_lazy("reviews by somebody else")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return what `user` may do with `obj`; to its author, approving is not offered."""
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if wrote(obj.latest_revision, user):
            return [action for action in actions if action[0] != APPROVE]
        return actions

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve or send back. Raises PublishRefused to the author; then nothing has changed, the approval neither."""
        if action_name == APPROVE and wrote(task_state.revision, user):
            raise PublishRefused([_("Four eyes: somebody else has to approve what you wrote.")])
        with transaction.atomic():
            follow(task_state)
            return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Return what the task does, for whoever builds a workflow."""
        return _("Members of the chosen groups approve, but not what they wrote themselves")


def follow(task_state: Any) -> None:
    """Let the task be about the latest version if that says the same as the one that was submitted.

    Approving in the form saves a version first; without this Wagtail takes it for a change and asks for the approval
    again and again (setting WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT).
    """
    latest = task_state.workflow_state.content_object.get_latest_revision()
    if latest is None or latest.pk == task_state.revision_id:
        return
    if same_content(latest.content_type.model_class(), latest.content, task_state.revision.content):
        task_state.revision = latest
        task_state.save(update_fields=["revision"])


def wrote(revision: Any, user: Any) -> bool:
    """Say whether `user` wrote the content of `revision` and so may not approve it."""
    return bool(settings.PUBLISH_FOUR_EYES and revision is not None and author_id(revision) == user.pk)
