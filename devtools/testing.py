"""`dev.py test`: installs what tests need, passes pytest the right selection, says what was left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from devtools.environment import ensure_environment
from devtools.places import ROOT, VAR
from devtools.postgresql import find_programs, own_server
from devtools.preparing import compile_translations
from devtools.processes import environment, in_the_open

_MAX_PROCESSES = 4
# pytest's own code for "nothing was selected".
_NO_TESTS = 5
# With one of these the run is a look at something small, which one process does sooner.
_SMALL_RUN = ("-k", "-x", "--exitfirst", "--lf", "--last-failed", "--pdb", "--collect-only", "--co", "-n", "-s")


def run_tests(*, long: bool, database: str, arguments: Sequence[str]) -> int:
    """Run pytest with `arguments`; gives its exit code. Raises Failure if the machine lacks what was asked for."""
    python = ensure_environment("dev")
    compile_translations(python)
    command = [str(python), "-m", "pytest", *selection(arguments, long=long, database=database)]
    if database == "postgresql":
        with own_server() as url:
            return in_the_open(command, {**tests_environment(), "DATABASE_URL": url})
    code = in_the_open(command, tests_environment())
    _say_left_out(arguments)
    return code


_SETTINGS = "platform_site.settings.test"


def tests_environment() -> dict[str, str]:
    """Return the environment of a run on SQLite, whatever database the person's own site uses.

    Where the caller forbids compiled files beside the sources, they go into `var/`: compiling Django and Wagtail anew
    takes three seconds, in each process of the run and in each command that a test starts.
    """
    env = environment(DJANGO_SETTINGS_MODULE=_SETTINGS)
    env.pop("DATABASE_URL", None)
    if env.pop("PYTHONDONTWRITEBYTECODE", None):
        env.setdefault("PYTHONPYCACHEPREFIX", str(VAR / "test-cache" / "compiled"))
    return env


def selection(arguments: Sequence[str], *, long: bool, database: str) -> list[str]:
    """Return pytest's arguments: the caller's, with the long suites and what the database excludes left out."""
    rest, expression = _take_expression(arguments)
    parts = [f"({expression})"] if expression else []
    if not long:
        parts.append("not long")
    if database == "postgresql":
        parts.append("not browser")
    result = [*rest, "-m", " and ".join(parts)] if parts else rest
    return result if _is_small(rest) else ["-n", str(_processes()), "--dist", "worksteal", *result]


def _take_expression(arguments: Sequence[str]) -> tuple[list[str], str]:
    """Split the caller's own `-m EXPRESSION` from the other arguments."""
    rest: list[str] = []
    expression = ""
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "-m":
            expression = next(remaining, "")
        else:
            rest.append(argument)
    return rest, expression


def _is_small(arguments: Sequence[str]) -> bool:
    """Tell whether the caller chose files or asked for something that several processes spoil."""
    for argument in arguments:
        if argument.startswith(_SMALL_RUN):
            return True
        if not argument.startswith("-") and Path(argument.partition("::")[0]).suffix == ".py":
            return True
    return False


def _processes() -> int:
    # Each waits two fifths of its time: for the browser, for commands and readers of files that it started.
    return max(1, min((os.cpu_count() or 1) + 1, _MAX_PROCESSES))


def _say_left_out(arguments: Sequence[str]) -> None:
    """Say loudly what a whole run did not try because PostgreSQL is not here."""
    if not _is_small(arguments) and find_programs() is None:
        bold, plain = ("\033[1;31m", "\033[0m") if sys.stdout.isatty() else ("", "")
        print(
            f"{bold}LEFT OUT ON THIS MACHINE: the suite on PostgreSQL "
            f"(apt install postgresql, then: python3 dev.py test --database postgresql){plain}",
            flush=True,
        )


def manage(arguments: Sequence[str]) -> int:
    """Run `manage.py` with the development settings unless the caller's environment names others."""
    python = ensure_environment("run")
    settings = os.environ.get("DJANGO_SETTINGS_MODULE") or "platform_site.settings.dev"
    return in_the_open([python, ROOT / "manage.py", *arguments], environment(DJANGO_SETTINGS_MODULE=settings))


def update_translations() -> int:
    """Write the texts that the sources mark into the catalogues of all languages; gives the exit code."""
    return in_the_open([ensure_environment("dev"), "-m", "devtools.inside.update_translations"])
