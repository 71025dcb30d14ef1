"""What a reader may do with a record: the raising checks beside the querysets' `visible_to`."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from platform_site.records.registry import record_for_reference


class RecordGone(Exception):  # noqa: N818  an answer, not an error; the name is Django's way (Http404)
    """A record was withdrawn and the reader could read it before; the page answers 410 and says where to go.

    `record` is the withdrawn one, `successor` the one that took its place (visible to the reader) or None.
    """

    def __init__(self, record: Any, successor: Any | None) -> None:
        super().__init__(str(record))
        self.record = record
        self.successor = successor


def get_readable(queryset: Any, user: Any, **lookup: Any) -> Any:
    """Return the one record of `queryset` that fits `lookup` and that `user` may read.

    Raises RecordGone for one that was withdrawn from this reader, else Http404: hidden and missing answer alike.
    """
    record = queryset.visible_to(user).filter(**lookup).first()
    if record is not None:
        return record
    gone = queryset.model.objects.withdrawn_from(user).filter(**lookup).first()
    if gone is None:
        raise Http404
    raise RecordGone(gone, visible_successor(gone, user))


def visible_successor(record: Any, user: Any) -> Any | None:
    """Return the record that took the place of `record`, if `user` may read it; follows a chain of up to 8."""
    current, seen = record, set()
    for _step in range(8):
        if not current.successor or current.successor in seen:
            return None
        seen.add(current.successor)
        following = record_for_reference(current.successor)
        if following is None:
            return None
        if type(following).objects.visible_to(user).filter(pk=following.pk).exists():
            return following
        current = following
    return None
