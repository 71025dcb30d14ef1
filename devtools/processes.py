"""Running other programs: quietly with their output kept, or in the open."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from devtools.places import ROOT


class Terminated(KeyboardInterrupt):
    """We were asked to end by a signal that our children did not get."""


def end_on_sigterm() -> None:
    """End on a polite kill as on Ctrl-C: tidily, children first."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, end)


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a child: ours, unbuffered, without what would lead it out of our own environment."""
    result = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**result, "PYTHONUNBUFFERED": "1", **changes}


def quiet(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in the work tree with its output, errors included, kept in `stdout`; never raises for its code."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def in_the_open(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> int:
    """Run a command in the work tree with our own input and output; gives its exit code."""
    sys.stdout.flush()
    with subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, env=environment() if env is None else env
    ) as process:
        try:
            return process.wait()
        except Terminated:
            process.terminate()
            process.wait()
            raise
        except KeyboardInterrupt:
            # Ctrl-C reached the child too: let it end in its own way, then pass the interrupt on.
            process.wait()
            raise


def telling_line(output: str) -> str:
    """Return the line of an output that says best why it failed: the last that names an error, else the last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"[\w.]*(error|exception)\b", line, re.IGNORECASE)]
    return (errors or lines or ["it said nothing."])[-1]


@contextmanager
def step(text: str) -> Iterator[None]:
    """Print what is done now, and at the end how long it took."""
    print(f"{text} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)
