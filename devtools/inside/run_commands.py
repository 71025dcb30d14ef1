"""Run management commands one after the other in one process: starting Django takes longer than most of them.

Reads one command a line, as a JSON list, and answers each with the line `done`. What the commands print goes to
standard error. A command that fails ends the process with its traceback.
"""

from __future__ import annotations

import json
import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    django.setup()
    for line in sys.stdin:
        call_command(*json.loads(line))
        sys.stdout.flush()
        print("done", file=answers, flush=True)


if __name__ == "__main__":
    main()
