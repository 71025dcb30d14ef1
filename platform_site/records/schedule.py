"""What happens when a record cannot go live at its appointed time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.log_actions import log, registry

SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "records.publish_refused"


def note_refused_schedule(revision: Any, reasons: Iterable[str]) -> None:
    """Take `revision` off the schedule, so that its lock opens, and keep the reasons in the history of its record."""
    revision.approved_go_live_at = None
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(
        instance=revision.content_object,
        action=REFUSED,
        revision=revision,
        data={"reasons": [str(reason) for reason in reasons]},
    )


def refused_schedule(record: Any) -> list[str]:
    """Return why the latest version of `record` did not go live at its time; nothing if that did not happen."""
    if not record.latest_revision_id:
        return []
    entries = registry.get_logs_for_instance(record).filter(action=REFUSED, revision_id=record.latest_revision_id)
    entry = entries.order_by("-timestamp").first()
    return list(entry.data.get("reasons", [])) if entry else []
