"""What style sheets a page asks for, and what is wrong with them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
MOST_BYTES = 18_000
# Sheets of the admin and of the style guide: no page of the site asks for them.
NOT_PUBLIC = {"admin", "planned"}


def sheets(html: str) -> list[str]:
    """The names of the style sheets that a page asks for, in order."""
    return re.findall(r'<link rel="stylesheet" href="/static/css/([\w-]+)(?:\.\w+)?\.css">', html)


def classes(html: str) -> set[str]:
    """The classes of all elements of a page."""
    return {name for value in re.findall(r'\bclass="([^"]*)"', html) for name in value.split()}


def shapes(html: str) -> set[str]:
    """The classes of all shapes of drawings in a page."""
    values = re.findall(r'<(?:rect|line|path|use|circle|text|polyline)\b[^>]*\bclass="([^"]*)"', html)
    return {name for value in values for name in value.split()}


def styled(sheet: str) -> set[str]:
    """The classes that a sheet has rules for."""
    text = re.sub(r"/\*.*?\*/", "", (CSS / f"{sheet}.css").read_text(), flags=re.S)
    selectors = re.findall(r"([^{};]+)\{[^{}]*\}", text)
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}


SHEETS = {path.stem: styled(path.stem) for path in sorted(CSS.glob("*.css")) if path.stem not in NOT_PUBLIC}


def weight(names: list[str]) -> int:
    return sum(len(gzip.compress((CSS / f"{name}.css").read_bytes())) for name in names)


def findings(html: str) -> list[str]:
    """What is wrong with the sheets of a page, as sentences."""
    asked = sheets(html)
    on_page = classes(html)
    with_rules = {name for sheet in asked for name in SHEETS[sheet]}
    found = [f"{weight(asked)} bytes"] if weight(asked) > MOST_BYTES else []
    if len(asked) != len(set(asked)):
        found.append("asks twice for a sheet")
    found += [
        f"needs {sheet}.css for {sorted(wanted)}"
        for sheet, names in SHEETS.items()
        if sheet not in asked and (wanted := on_page & (names - with_rules))
    ]
    if unpainted := sorted(shapes(html) - {name for names in SHEETS.values() for name in names}):
        found.append(f"no sheet paints {unpainted}: such a shape is black")
    return found
