"""Compile every template of ours: a misspelt tag or a missing library shows before a reader meets it."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

from devtools.conventions import templates


def _template_name(path: Path) -> str:
    """Return the name under which Django knows the template: its path below the folder `templates`."""
    folder = next(parent for parent in path.parents if parent.name == "templates")
    return path.relative_to(folder).as_posix()


def broken_templates() -> list[str]:
    """Return one sentence per template that does not compile; Django must be set up."""
    engine = engines["django"]
    found = []
    for path in templates():
        if "tests" in path.parts:
            continue
        try:
            engine.from_string(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            found.append(f"{_template_name(path)}: {error}")
    return found


if __name__ == "__main__":
    django.setup()
    findings = broken_templates()
    print("\n".join(findings))
    sys.exit(1 if findings else 0)
