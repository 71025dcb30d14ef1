"""What is done in the directory: confirm an entry, report an error in one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.access import check_may_confirm
from directory.models import CountryProfile, ErrorReport, Organisation


def confirm_entry(*, organisation: Organisation, user: Any) -> Organisation:
    """Note that `user` says today that the published entry is true; return it, read anew (see `confirm_record`)."""
    confirmed: Organisation = confirm_record(record=organisation, user=user)
    return confirmed


@transaction.atomic
def confirm_record(*, record: Organisation | CountryProfile, user: Any) -> Any:
    """Note that `user` says today that the published `record` is true; return it, read anew.

    Drafts that wait get the day too, else publishing one would take it back. Raises PermissionDenied.
    """
    live = type(record).objects.select_for_update().get(pk=record.pk)
    check_may_confirm(user, live)
    live.confirmed_on = timezone.localdate()
    live.confirmed_by = user
    live.save(update_fields=["confirmed_on", "confirmed_by"])
    for revision in _waiting_revisions(live):
        revision.content["confirmed_on"] = live.confirmed_on.isoformat()
        revision.content["confirmed_by"] = user.pk
        revision.save(update_fields=["content"])
    log(instance=live, action="directory.confirm", user=user, data={"confirmed_on": live.confirmed_on.isoformat()})
    return type(record).objects.get(pk=live.pk)


def _waiting_revisions(record: Any) -> list[Revision]:
    """Return the revisions that may still be edited or published: the latest one and those on a schedule."""
    waiting = {revision.pk: revision for revision in record.revisions.filter(approved_go_live_at__isnull=False)}
    if record.latest_revision is not None:
        waiting[record.latest_revision.pk] = record.latest_revision
    return list(waiting.values())


@transaction.atomic
def report_error(*, organisation: Organisation, message: str, reply_to: str = "") -> ErrorReport:
    """Keep what a reader says is wrong in an entry. Raises ValidationError for an empty message or a wrong address."""
    report = ErrorReport(
        record_reference=organisation.reference,
        record_name=organisation.name,
        message=message.strip(),
        reply_to=reply_to.strip(),
    )
    report.full_clean()
    report.save()
    return report
