"""Child processes for what comes from outside: whatever a hostile file does to a library ends with its process."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = Path(__file__).with_name("limited.py")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ChildLimits:
    """What one file may cost: bytes of memory (address space), seconds of CPU, bytes of the answer.

    By the clock a child gets twice its seconds: the clock runs on while it waits for a busy machine.
    """

    memory: int
    seconds: int
    output: int


class ChildError(Exception):
    """The child went beyond a limit, or died."""


def run_limited(module: str, arguments: list[str], data: bytes, limits: ChildLimits) -> bytes:
    """Return what `module`, run as a script with `data` on its standard input, writes to standard output.

    Raises ChildError if it needs more than the limits or does not end well; the log says how.
    """
    numbers = (limits.memory, limits.seconds, limits.output)
    # Files, not pipes: the limit on files holds for the answer too, so that no child can fill this process.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        child = subprocess.Popen(  # noqa: S603  our own interpreter and script
            [sys.executable, "-I", "-X", "utf8", str(LAUNCHER), *map(str, numbers), module, *arguments],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            code = child.wait(timeout=2 * limits.seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            logger.warning("%s was ended: it took longer than %d seconds", module, 2 * limits.seconds)
            raise ChildError(module) from error
        if code != 0:
            logger.warning("%s ended with %d: beyond its limits, or an error", module, code)
            raise ChildError(module)
        answer.seek(0)
        return answer.read()
