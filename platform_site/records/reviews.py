"""What waits for a reviewer, and what a reviewer said when a record or a page was sent back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_latest_str
from wagtail.models import Revision, TaskState, WorkflowState

from platform_site.records.gate import author_ids


def waiting_for(user: Any) -> QuerySet[TaskState]:
    """Return the reviews that `user` may approve: those of a group of theirs, own texts left out (four eyes)."""
    reviews = TaskState.objects.reviewable_by(user)
    if not settings.PUBLISH_FOUR_EYES:
        return reviews
    # Who never saved a version of it did not write it: the contents of the others alone are read.
    versions = Revision.objects.filter(
        base_content_type=OuterRef("revision__base_content_type"), object_id=OuterRef("revision__object_id")
    )
    touched = {
        task.pk: task.revision for task in reviews.filter(Exists(versions.filter(user=user))).select_related("revision")
    }
    authors = author_ids(touched.values())
    return reviews.exclude(pk__in=[pk for pk, revision in touched.items() if authors[revision.pk] == user.pk])


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


def answer_words(task_state: Any) -> str:
    """Say what the answer of a reviewer to `task_state` did: published, on the schedule, or sent back to whom."""
    answer = TaskState.objects.select_related("workflow_state__requested_by").get(pk=task_state.pk)
    instance = answer.workflow_state.content_object
    words = {
        "name": get_latest_str(instance),
        "person": answer.workflow_state.requested_by or _("the author"),
    }
    if answer.status == TaskState.STATUS_REJECTED:
        if answer.comment:
            return _("“%(name)s” is sent back to %(person)s with your comment.") % words
        return _("“%(name)s” is sent back to %(person)s, without a comment.") % words
    if instance.workflow_in_progress:
        return _("You approved “%(name)s”. It is not published yet: the review goes on.") % words
    if scheduled := instance.scheduled_revision:
        words["time"] = date_format(timezone.localtime(scheduled.approved_go_live_at), "DATETIME_FORMAT")
        return _("You approved “%(name)s”. It will be published on %(time)s.") % words
    return _("“%(name)s” is published.") % words
