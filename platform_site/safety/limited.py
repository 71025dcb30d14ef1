"""Runs a module of ours inside limits that it cannot lift: the first thing that happens in a child process.

Run as a script by `safety.child`: bytes of memory, seconds of CPU and bytes of output, then the module and its own
arguments. Imports nothing of the site before the limits hold.
"""

from __future__ import annotations

import resource
import runpy
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Set the limits, then run the module as `__main__`."""
    memory, seconds, output = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The largest file that it may write, its answer included.
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    sys.path.insert(0, str(PROJECT))
    module, sys.argv = sys.argv[4], sys.argv[4:]
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main()
