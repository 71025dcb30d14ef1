"""Evidence notes in words: packages write references like `practice:8 activities;handbook:1662-1672`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.related import related_to

PRACTICE = re.compile(r"\Apractice:(\d+)(?: (.+))?\Z")
CASE = re.compile(r"\Acase:(\d+)(?: answer (\w+))?\Z")
LINES = re.compile(r"\A([a-z][a-z-]*):(\d+)(?:-(\d+))?\Z")
PAGE = re.compile(r"\A(?:p\.|page) ?(\d{1,5})\Z")
OWN_TEXT = "organisations.csv description"
# The fields of a chart that notes name (see docs/import.md, practices.json), as a reader knows them.
FIELDS: dict[str, Any] = {
    "activities": gettext_lazy("activities"),
    "area": gettext_lazy("area"),
    "background": gettext_lazy("background"),
    "contact": gettext_lazy("contact"),
    "funding": gettext_lazy("funding"),
    "innovation": gettext_lazy("innovative elements"),
    "methods": gettext_lazy("methods"),
    "objectives": gettext_lazy("objectives"),
    "resources": gettext_lazy("resources"),
    "results": gettext_lazy("results"),
    "strengths": gettext_lazy("strengths"),
    "target_groups": gettext_lazy("target groups"),
    "tools": gettext_lazy("tools"),
    "transferability": gettext_lazy("transferability"),
    "weaknesses": gettext_lazy("challenges and shortcomings"),
}


@dataclass(frozen=True)
class EvidencePart:
    """One reference of a note in words; `chart` is the number of the practice chart that it refers to, or "".

    `href` leads to the place in a text of the library, "" where there is none.
    """

    text: str
    chart: str = ""
    href: str = ""


def evidence_parts(evidence: str) -> list[EvidencePart]:
    """Return the references of a note as a reader understands them; what is no reference stays as it was written."""
    parts = [part.strip() for part in evidence.split(";")]
    return [_part(part) for part in parts if part]


def chart_addresses(parts: Iterable[EvidencePart], user: Any) -> dict[str, str]:
    """Return the addresses of the practice charts that `parts` name and `user` may read, by their number."""
    numbers = sorted({part.chart for part in parts if part.chart})
    blocks = {number: related_to("practice_number", number, user, limit=1) for number in numbers}
    return {number: found[0].items[0].url for number, found in blocks.items() if found}


def places_in(evidence: str, source: str, user: Any) -> list[EvidencePart]:
    """Return the references of a note on `source` (name of a file or title) for readers.

    Lines and pages lead to the text in the library where `user` may read it. Lines of a text that is not there mean
    nothing to a reader: they are left out. What is no reference stays as it was written.
    """
    parts = []
    for part in filter(None, (part.strip() for part in evidence.split(";"))):
        lines, page = LINES.match(part), PAGE.match(part)
        if lines:
            if href := _address(source, f"line-{lines[2]}", user):
                parts.append(EvidencePart(_lines(lines), href=href))
        elif page:
            parts.append(EvidencePart(part, href=_address(source, f"page-{page[1]}", user)))
        else:
            parts.append(_part(part))
    return parts


def _address(source: str, place: str, user: Any) -> str:
    blocks = related_to("source_place", f"{source} {place}", user, limit=1)
    return blocks[0].items[0].url if blocks else ""


def _lines(match: re.Match[str]) -> str:
    if match[3] is None or match[3] == match[2]:
        return _("line %(line)s") % {"line": match[2]}
    return _("lines %(first)s–%(last)s") % {"first": match[2], "last": match[3]}


def _part(part: str) -> EvidencePart:
    if match := PRACTICE.match(part):
        chart = _("practice chart %(number)s") % {"number": match[1]}
        field = str(FIELDS.get(match[2], match[2].replace("_", " "))) if match[2] else ""
        return EvidencePart(f"{chart}, {field}" if field else chart, match[1])
    return EvidencePart(_words(part))


def _words(part: str) -> str:
    if part == OWN_TEXT:
        return _("own description")
    if match := CASE.match(part):
        case = _("case study %(number)s") % {"number": match[1]}
        return _("%(case)s, answer %(answer)s") % {"case": case, "answer": match[2]} if match[2] else case
    if match := LINES.match(part):
        lines = match[2] if match[3] is None else f"{match[2]}–{match[3]}"
        return _("%(source)s, line %(lines)s") % {"source": match[1], "lines": lines}
    return part
