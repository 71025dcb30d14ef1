"""`dev.py requirements`: the exact versions of everything, compiled from the ranges in pyproject.toml."""

from __future__ import annotations

from pathlib import Path

from devtools.environment import ensure_environment, uv_command
from devtools.failure import Failure
from devtools.places import REQUIREMENTS, shown
from devtools.processes import quiet, step


def compile_requirements(*, upgrade: bool) -> int:
    """Write `requirements/run.txt` and `dev.txt` as `name==version` lines, the same versions in both. Raises Failure.

    Versions already listed stay unless `upgrade` is true.
    """
    python = ensure_environment("run")
    uv = uv_command(python)
    if uv is None:
        raise Failure("uv is needed to compile the requirements, and it could not be installed: is there a network?")
    # Without header and annotations no address and no path of a machine gets into the files.
    options = [
        "--quiet",
        "--python-version",
        "3.11",
        "--no-header",
        "--no-annotate",
        *(["--upgrade"] if upgrade else []),
    ]
    run, dev = REQUIREMENTS / "run.txt", REQUIREMENTS / "dev.txt"
    _compile([*uv, "pip", "compile", "pyproject.toml", "--extra", "epub", *options, "-o", str(run)], run)
    _compile([*uv, "pip", "compile", "pyproject.toml", "--extra", "dev", "-c", str(run), *options, "-o", str(dev)], dev)
    return 0


def _compile(command: list[str], target: Path) -> None:
    with step(f"Compiling {shown(target)}"):
        result = quiet(command)
    if result.returncode != 0:
        raise Failure(f"{shown(target)} could not be compiled: {result.stdout.strip()}")
    if "://" in target.read_text(encoding="utf-8"):
        raise Failure(f"{shown(target)} holds an address; it must list names and versions only.")
