"""`dev.py check`: every check that needs no running site; all of them run, each gives one line."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devtools import conventions
from devtools.environment import ensure_environment
from devtools.places import ROOT
from devtools.preparing import compile_translations
from devtools.processes import environment, quiet


@dataclass(frozen=True)
class Check:
    """One check: what it is about, the command that makes it, and what the command needs in its environment."""

    title: str
    command: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)

    def run(self) -> tuple[bool, str]:
        """Run the command; gives whether all is well and what it said."""
        result = quiet(self.command, environment(**self.env))
        return result.returncode == 0, result.stdout


# Made up for this one check: production refuses to start on missing or default values.
_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "platform_site.settings.production",
    "ALLOWED_HOSTS": "hub.example.org",
    "BASE_URL": "https://hub.example.org",
    "EMAIL_HOST": "mail.example.org",
    "DATABASE_URL": "postgresql://hub@127.0.0.1:5432/hub",
    "TRUSTED_PROXIES": "1",
}


def _checks(python: Path, work: str) -> list[Check]:
    """Return all checks in the order in which they run, cheap ones first."""
    tool = [str(python), "-m"]
    manage = [str(python), "manage.py"]
    development = {"DJANGO_SETTINGS_MODULE": "platform_site.settings.dev", "DATA_DIR": work, "DATABASE_URL": ""}
    production = {**_PRODUCTION, "SECRET_KEY": os.urandom(40).hex(), "DATA_DIR": work, "STATIC_ROOT": f"{work}/static"}
    deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("ruff: lint", [*tool, "ruff", "check", "--quiet", "--output-format", "concise", "."]),
        Check("ruff: format", [*tool, "ruff", "format", "--quiet", "--diff", "."]),
        Check("templates: lint", [*tool, "djlint", "--lint", "--quiet", *_template_folders()]),
        Check("templates: compile", [*tool, "devtools.inside.compile_templates"], development),
        Check("translations: complete", [*tool, "devtools.inside.check_translations"], development),
        Check("contracts: who may import whom", [*tool, "devtools.inside.check_contracts"]),
        Check("django: check, development", [*manage, "check", "--fail-level", "WARNING"], development),
        Check("django: check --deploy, production", deploy, production),
        Check("django: migrations match the models", [*manage, "makemigrations", "--check", "--dry-run"], development),
        Check("mypy: types", [*tool, "mypy", "--no-error-summary", "--cache-dir", os.devnull], development),
    ]


def _template_folders() -> list[str]:
    """Return the folders of our own templates, relative to the work tree."""
    folders = {
        next(parent for parent in path.parents if parent.name == "templates")
        for path in conventions.templates()
        if "tests" not in path.parts
    }
    return sorted(folder.relative_to(ROOT).as_posix() for folder in folders)


def _conventions() -> tuple[bool, str]:
    findings = conventions.all_findings()
    return not findings, "\n".join(findings)


def run_checks() -> int:
    """Run all checks and print one line for each; gives 1 if any failed, else 0."""
    python = ensure_environment("dev")
    compile_translations(python)
    with tempfile.TemporaryDirectory(prefix="hub-check-") as work:
        runs: list[tuple[str, Callable[[], tuple[bool, str]]]] = [("conventions: sizes and names", _conventions)]
        runs += [(check.title, check.run) for check in _checks(python, work)]
        failed = [title for title, run in runs if not _report(title, run)]
    print(
        f"\n{len(runs) - len(failed)} of {len(runs)} checks passed."
        + (f" Failed: {'; '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def _report(title: str, run: Callable[[], tuple[bool, str]]) -> bool:
    """Run one check and print its line, with its words if it failed; tells whether it passed."""
    start = time.monotonic()
    passed, output = run()
    print(f"{'ok    ' if passed else 'FAILED'}  {title} ({time.monotonic() - start:.1f} s)", flush=True)
    if not passed:
        print("".join(f"        {line}\n" for line in output.strip().splitlines()[-80:]), end="", flush=True)
    sys.stdout.flush()
    return passed
