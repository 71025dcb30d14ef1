"""What a reviewer said when a record or a page was sent back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState


def sent_back(instance: Any) -> TaskState | None:
    """Return the answer that sent `instance` back, or None if it was not, or was submitted again since."""
    state = instance.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    answer: TaskState | None = state.current_task_state
    return answer


def sent_back_words(answer: TaskState) -> str:
    """Return who sent it back, and what that person said, if anything."""
    words = {"person": answer.finished_by or "", "comment": answer.comment}
    if answer.comment:
        return _("sent back by %(person)s: %(comment)s") % words
    return _("sent back by %(person)s") % words
