"""Records that a package gives as withdrawn: their address says why, and where to go instead."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from platform_site.records.packages.problems import Place
from platform_site.records.packages.reading import Reading
from platform_site.records.registry import record_for_reference
from platform_site.records.services import withdraw_record

WITHDRAWALS = "withdrawals"
# What the service calls otherwise than the format.
COLUMNS = {"reason": "withdrawn", "language": "withdrawn_language"}


def reason_of(record: Any) -> str:
    """Return why `record` was withdrawn; the empty text for one that is live or was never published."""
    return record.withdrawn_reason if not record.live and record.withdrawn_on else ""


def language_of(record: Any) -> str:
    """Return the language of the reason of a withdrawn record, "" where nobody said it."""
    return record.withdrawn_language if reason_of(record) else ""


def successor_of(record: Any) -> str:
    """Return the key of the record that took the place of a withdrawn one; "" without one, or if it is gone."""
    following = record_for_reference(record.successor) if reason_of(record) else None
    return following.key if following else ""


def note(reading: Reading, record: Any, *, reason: str, language: str, successor: str, place: Place) -> None:
    """Keep for the end of the run that `record` is to be withdrawn: its successor may come later in the package."""
    if reason:
        reading.shared.setdefault(WITHDRAWALS, []).append((record, reason, language, successor, place))


def withdraw_all(reading: Reading) -> None:
    """Withdraw what the package gives as withdrawn. A record that takes another's place goes after that one."""
    waiting = list(reading.shared.get(WITHDRAWALS, []))
    while waiting:
        pointed_at = {successor for _record, _reason, _language, successor, _place in waiting}
        ready = [entry for entry in waiting if entry[0].key not in pointed_at] or waiting
        for record, reason, language, successor, place in ready:
            try:
                withdraw_record(record=record, user=None, reason=reason, language=language, successor=successor)
            except ValidationError as error:
                for name, sentences in error.message_dict.items():
                    for sentence in sentences:
                        reading.problems.add(place.at(COLUMNS.get(name, name)), sentence)
        waiting = [entry for entry in waiting if entry not in ready]
