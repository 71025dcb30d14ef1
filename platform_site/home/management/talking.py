"""What commands that work for long say meanwhile."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand

# Wagtail writes two lines for each record that is published, its tasks two for each index.
TALKATIVE = ("wagtail", "django_tasks")


@contextmanager
def without_record_log() -> Iterator[None]:
    """Leave out, while a command publishes many records, the lines for each of them: the site's log has them."""
    before = {name: logging.getLogger(name).level for name in TALKATIVE}
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


class Progress:
    """Writes to the error stream how far the work is, at most every two seconds."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.last = time.monotonic()

    def __call__(self, kind: str, done: int, total: int) -> None:
        """Say that `done` of `total` (0: not known) records of a kind are done."""
        now = time.monotonic()
        if now - self.last >= 2:
            self.last = now
            self.command.stderr.write(
                f"{kind}: {done} of {total}" if total else f"{kind}: {done}", self.command.style.NOTICE
            )

    def of_search(self, done: int, left: int) -> None:
        """Say that the search has indexed `done` things and `left` wait."""
        self("search", done, done + left)
