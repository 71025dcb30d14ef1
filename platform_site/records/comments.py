"""Writing comments on records, and who may: one transaction each. The history says that somebody did, never what.

Who may change a record may read its comments and write some. Who wrote a comment may resolve it, and so may reviewers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from platform_site.accounts.roles import is_reviewer
from platform_site.records.models import RecordComment

SENT_TWICE = timedelta(minutes=1)
COMMENTED = "records.comment"
RESOLVED = "records.comment_resolved"
REOPENED = "records.comment_reopened"


def may_comment(user: Any, model: Any) -> bool:
    """Say whether `user` may read and write comments on records of `model`: who may change them."""
    codename = get_permission_codename("change", model._meta)
    return bool(user.is_authenticated and user.has_perm(f"{model._meta.app_label}.{codename}"))


def may_settle(user: Any, comment: RecordComment) -> bool:
    """Say whether `user` may resolve `comment` and open it again: who wrote it, and reviewers."""
    # From memory: a page of comments asks this of each.
    model = ContentType.objects.get_for_id(comment.content_type_id).model_class()
    return may_comment(user, model) and (comment.author_id == user.pk or is_reviewer(user))


@transaction.atomic
def write_comment(
    *, record: Any, user: Any, text: str, path: str = "", language: str = "", thread: RecordComment | None = None
) -> RecordComment:
    """Keep a comment of `user` on `record`, or an answer to `thread`, which then says what it is about.

    The same words of the same person in the same place within a minute are a form that was sent twice: kept once.
    Raises PermissionDenied unless `user` may comment, ValidationError for an empty or too long text and for a thread
    that is an answer itself, that belongs to another record or that is resolved.
    """
    if not may_comment(user, type(record)):
        raise PermissionDenied(_("Only those who edit it write comments on it."))
    if thread is not None:
        thread = RecordComment.objects.of(record).threads().select_for_update(of=("self",)).filter(pk=thread.pk).first()
        if thread is None:
            raise ValidationError({"text": _("There is no such comment any more.")})
        if thread.resolved_at is not None:
            raise ValidationError({"text": _("It was resolved meanwhile. Open it again to answer.")})
        path, language = thread.path, thread.language
    comment = RecordComment(record=record, path=path, language=language, text=text.strip(), author=user, thread=thread)
    comment.full_clean(exclude=["author"])
    same = RecordComment.objects.of(record).filter(
        author=user, text=comment.text, path=path, language=language, thread=thread, resolved_at=None
    )
    if sent := same.filter(created_at__gte=timezone.now() - SENT_TWICE).first():
        return sent
    comment.save()
    _note(record, COMMENTED, user, comment)
    return comment


@transaction.atomic
def settle_comment(*, comment: RecordComment, user: Any, resolved: bool) -> None:
    """Resolve the thread `comment`, or open it again. What is so already stays as it is.

    Raises PermissionDenied unless `user` wrote it or is a reviewer, ValidationError for an answer.
    """
    if not may_settle(user, comment):
        raise PermissionDenied(_("Only who wrote the comment and reviewers resolve it."))
    if comment.thread_id is not None:
        raise ValidationError(_("An answer is resolved with the comment that it belongs to."))
    current = RecordComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if (current.resolved_at is not None) == resolved:
        return
    current.resolved_at = timezone.now() if resolved else None
    current.resolved_by = user if resolved else None
    current.save(update_fields=["resolved_at", "resolved_by"])
    _note(current.record, RESOLVED if resolved else REOPENED, user, current)


def _note(record: Any, action: str, user: Any, comment: RecordComment) -> None:
    log(instance=record, action=action, user=user, data={"place": comment.place})
