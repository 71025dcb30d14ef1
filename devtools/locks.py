"""Locks between processes; the system frees them when a process ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where the commands work without a lock
    fcntl = None  # type: ignore[assignment]  # a module that this system does not have


class TakenError(Exception):
    """Another process holds the lock; `note` is what it wrote into it."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


@contextmanager
def locked(path: Path, *, wait: bool, note: str = "") -> Iterator[None]:
    """Hold the lock file `path`, with `note` in it for others to read.

    Raises TakenError if `wait` is false and another process holds it; OSError if the file cannot be written.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as stream:
        if fcntl is not None:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise TakenError(stream.read().strip()) from error
        stream.seek(0)
        stream.truncate()
        stream.write(note)
        stream.flush()
        yield
