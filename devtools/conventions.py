"""The project's conventions about files, as findings: one sentence per breach, none if all is well.

The limits are those of the design: modules of at most 400 lines, templates of at most 120, names that say something.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from devtools.places import ROOT

MODULE_LINES = 400
TEMPLATE_LINES = 120
_NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__", ".cache"}
_SAYS_NOTHING = re.compile(r"^(utils?|helpers?|misc|common|core)$")
_UNNAMED_MIGRATION = re.compile(r"^\d+_(auto|merge)_")
_INLINE = re.compile(
    r"<style\b|\bstyle\s*=\s*[\"']|<script\b(?![^>]*\bsrc=)|\bon(click|load|change|submit|input)\s*=", re.I
)
# Markup is made safe in Python, where it is sanitised; a template that calls a text safe goes past that.
_TRUSTED = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off")
_MARKS = re.compile(r"^(_|n?p?gettext(_lazy|_noop)?)$")
# The words that unfinished work is marked with: this line names them, and is no such mark.
_LEFT_OPEN = re.compile(r"\b(TODO|FIXME|XXX)\b|lorem ipsum|coming soon", re.I)
# Mail programs know no style sheets; these templates are never shown as a page.
_MAIL_FOLDERS = {"emails", "email"}


def project_files(*suffixes: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield our files with one of the suffixes, in order; what is generated or installed is left out."""
    for path in sorted(root.iterdir()):
        if path.name in _NOT_OURS or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from (
                found
                for found in sorted(path.rglob("*"))
                if found.suffix in suffixes and found.is_file() and not _NOT_OURS.intersection(found.parts)
            )
        elif path.suffix in suffixes:
            yield path


def templates(root: Path = ROOT) -> Iterator[Path]:
    """Yield our templates: the HTML and text files below a folder `templates`."""
    return (path for path in project_files(".html", ".txt", root=root) if "templates" in path.parts)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def too_long(root: Path = ROOT) -> list[str]:
    """Return the modules and templates over their limit; migrations are written by Django and do not count."""
    found = []
    for path in project_files(".py", root=root):
        if "migrations" not in path.parts and (lines := len(_lines(path))) > MODULE_LINES:
            found.append(f"{_name(path, root)}: {lines} lines, at most {MODULE_LINES}")
    for path in templates(root):
        if (lines := len(_lines(path))) > TEMPLATE_LINES:
            found.append(f"{_name(path, root)}: {lines} lines, at most {TEMPLATE_LINES}")
    return found


def poor_names(root: Path = ROOT) -> list[str]:
    """Return modules and folders whose name says nothing, stands for two things, or hides a standard module."""
    found = []
    for path in project_files(".py", root=root):
        parts = [*path.relative_to(root).parts[:-1], path.stem]
        if any(_SAYS_NOTHING.match(part) for part in parts):
            found.append(f"{_name(path, root)}: the name says nothing about what is in it")
        if path.with_suffix("").is_dir():
            found.append(f"{_name(path, root)}: a folder beside it has the same name")
        if parts[0] in sys.stdlib_module_names:
            found.append(f"{_name(path, root)}: hides a module of the standard library")
        if path.parent.name == "migrations" and _UNNAMED_MIGRATION.match(path.name):
            found.append(f"{_name(path, root)}: a migration needs a name that says what it does")
    return found


def unsafe_markup(root: Path = ROOT) -> list[str]:
    """Return lines of templates that the content policy blocks, or that print text as trusted HTML."""
    found = []
    for path in templates(root):
        if _MAIL_FOLDERS.intersection(path.parts) or path.suffix != ".html":
            continue
        for number, line in enumerate(_lines(path), 1):
            if _INLINE.search(line):
                found.append(f"{_name(path, root)}:{number}: inline style or script; the content policy blocks it")
            if _TRUSTED.search(line):
                found.append(f"{_name(path, root)}:{number}: text printed as trusted HTML")
    return found


def left_open(root: Path = ROOT) -> list[str]:
    """Return lines that admit unfinished work."""
    return [
        f"{_name(path, root)}:{number}: unfinished: {line.strip()[:80]}"
        for path in project_files(".py", ".html", ".js", ".css", root=root)
        if path != Path(__file__).resolve() and "conventions" not in path.stem
        for number, line in enumerate(_lines(path), 1)
        if _LEFT_OPEN.search(line)
    ]


def hidden_messages(root: Path = ROOT) -> list[str]:
    """Return marks of translation that stand in an f-string or mark one: the collector of messages sees neither."""
    found = []
    for path in project_files(".py", root=root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                inside = [call for call in ast.walk(node) if _marks_message(call)]
                found += [f"{_name(path, root)}:{call.lineno}: a message in an f-string" for call in inside]
            elif _marks_message(node) and any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                found.append(f"{_name(path, root)}:{node.lineno}: a message that is an f-string")
    return found


def _marks_message(node: ast.AST) -> TypeGuard[ast.Call]:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return bool(_MARKS.match(name))


def uncollected_tests(root: Path = ROOT) -> list[str]:
    """Return folders of tests without `__init__.py`: two modules of one name in such folders hide each other."""
    folders = {path.parent for path in (root / "tests").rglob("test_*.py")}
    return [
        f"{_name(folder, root)}: a folder of tests needs an __init__.py"
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file()
    ]


def addresses_in_requirements(root: Path = ROOT) -> list[str]:
    """Return lines of `requirements/` that are not `name==version`."""
    pattern = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==[A-Za-z0-9.+!-]+$")
    return [
        f"requirements/{path.name}:{number}: not name==version: {line}"
        for path in sorted((root / "requirements").glob("*.txt"))
        for number, line in enumerate(_lines(path), 1)
        if line and not pattern.match(line)
    ]


ALL = (too_long, poor_names, unsafe_markup, left_open, hidden_messages, uncollected_tests, addresses_in_requirements)


def all_findings(root: Path = ROOT) -> list[str]:
    """Return every breach of a convention about files."""
    return [finding for check in ALL for finding in check(root)]
