"""How far a command of the search is, written to its error stream."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand

_EVERY_SECONDS = 2.0


class Progress:
    """Writes what is done, at most every two seconds."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.last = time.monotonic()

    def __call__(self, kind: str, done: int, total: int) -> None:
        """Say that `done` of `total` things of a kind are done."""
        now = time.monotonic()
        if now - self.last >= _EVERY_SECONDS:
            self.last = now
            self.command.stderr.write(f"{kind}: {done} of {total}", self.command.style.NOTICE)

    def of_rows(self, done: int, left: int) -> None:
        """Say that `done` things of the outbox are done and `left` rows are left."""
        self("outbox", done, done + left)
