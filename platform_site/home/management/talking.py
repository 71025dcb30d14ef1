"""What commands that work for long say meanwhile."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand


@contextmanager
def without_record_log() -> Iterator[None]:
    """Leave out, while a command publishes many records, Wagtail's two log lines for each: the site's log has them."""
    logger = logging.getLogger("wagtail")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


class Progress:
    """Writes to the error stream how far the work is, at most every two seconds."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.last = time.monotonic()

    def __call__(self, kind: str, done: int, total: int) -> None:
        """Say that `done` of `total` records of a kind are done."""
        now = time.monotonic()
        if now - self.last >= 2:
            self.last = now
            self.command.stderr.write(f"{kind}: {done} of {total}", self.command.style.NOTICE)
