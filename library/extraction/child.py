"""The child process that reads a document, and the limits that it works in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Limits:
    """What reading one document may cost: bytes of memory, seconds, pages and characters of text."""

    memory: int = 1024 * 1024 * 1024
    seconds: int = 20
    pages: int = 1500
    characters: int = 8_000_000


LIMITS = Limits()


def read_in_child(data: bytes, kind: str, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return what the worker says of a PDF, DOCX or ODT: `state`, and where it was read `pages`, `blocks`, `preview`.

    Never takes longer than the limits; a process that dies or does not end gives the state "broken".
    """
    numbers = (limits.memory, limits.seconds, limits.pages, limits.characters)
    child = subprocess.Popen(  # noqa: S603  our own interpreter and script
        [sys.executable, "-I", "-X", "utf8", str(WORKER), kind, *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        # The clock runs on while a process waits for a busy machine; the limit of CPU time is in the child.
        answer, _errors = child.communicate(data, timeout=2 * limits.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        return {"state": "broken"}
    if child.returncode != 0:
        return {"state": "broken"}
    try:
        found: dict[str, Any] = json.loads(answer)
    except ValueError:
        return {"state": "broken"}
    return found
