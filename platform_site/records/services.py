"""What is done to records: each rule has its one home here. Keyword-only, one transaction each."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from platform_site.accounts.roles import is_reviewer
from platform_site.records.addresses import has_other_number
from platform_site.records.gate import PublishRefused, completeness_reasons
from platform_site.records.registry import record_for_key
from platform_site.vocabulary.store import vocabulary


@transaction.atomic
def save_draft(*, record: Any, user: Any = None) -> Any:
    """Keep the content of `record` as a draft and return the revision. Readers see nothing of it.

    A record that was never saved gets its row (not live). Raises ValidationError if a value cannot be stored.
    """
    if record.pk is None:
        record.live = False
        record.has_unpublished_changes = True
        record.save()
    return record.save_revision(user=user, clean=False, log_action=True)


@transaction.atomic
def publish_record(*, record: Any, user: Any = None, author: Any = None) -> Any:
    """Save the content of `record` as a revision by `author` and publish it as `user` (None: the system).

    Returns the published record, read anew. Raises PublishRefused with the reasons; then nothing was saved.
    """
    # In a draft another number than the published one is put right (`Record.publish`); given here it is a mistake.
    if has_other_number(record):
        raise PublishRefused(completeness_reasons(record))
    # Wagtail writes the index of what refers to what at every save, four times for a record: a third of the time of
    # publishing. Once is enough.
    with disable_reference_index_auto_update():
        revision = save_draft(record=record, user=author)
        revision.publish(user=user)
    published = type(record).objects.get(pk=record.pk)
    ReferenceIndex.create_or_update_for_object(published)
    return published


@transaction.atomic
def withdraw_record(*, record: Any, user: Any, reason: str, language: str = "", successor: str = "") -> None:
    """Take a live record off the site, with a reason that its address shows (410) and the log keeps.

    `language` is that of the reason, "" where nobody said it. `successor` is the key of the record that takes its
    place: then the address leads there, whatever that record is called later. Raises PermissionDenied unless `user` may
    publish (None: the system), ValidationError without a reason, for a language that the list does not have, and for a
    wrong successor.
    """
    if user is not None and not is_reviewer(user):
        raise PermissionDenied(_("Only reviewers withdraw what is published."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: readers who follow an old link see it.")})
    if language and language not in vocabulary("languages"):
        raise ValidationError({"language": _("Choose a language of the list.")})
    following = None
    if successor:
        following = record_for_key(successor)
        if following is None or following.reference == record.reference or not following.live:
            raise ValidationError({"successor": _("Choose another published record.")})
    live = type(record).objects.select_for_update().get(pk=record.pk)
    live.withdrawn_on = timezone.now()
    live.withdrawn_reason = reason.strip()
    live.withdrawn_language = language
    live.successor = following.reference if following else ""
    live.save(update_fields=["withdrawn_on", "withdrawn_reason", "withdrawn_language", "successor"])
    if live.live:
        live.unpublish(user=user)
    log(instance=live, action="records.withdraw", user=user, data={"reason": reason.strip(), "successor": successor})
