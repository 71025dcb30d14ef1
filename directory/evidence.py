"""Evidence notes in words: packages write references like `practice:8 activities;handbook:1662-1672`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

PRACTICE = re.compile(r"\Apractice:(\d+)(?: (.+))?\Z")
CASE = re.compile(r"\Acase:(\d+)(?: answer (\w+))?\Z")
LINES = re.compile(r"\A([a-z][a-z-]*):(\d+)(?:-(\d+))?\Z")
OWN_TEXT = "organisations.csv description"


def evidence_text(evidence: str) -> str:
    """Return an evidence note as a reader understands it; what is no reference stays as it was written."""
    parts = [part.strip() for part in evidence.split(";")]
    return "; ".join(_part(part) for part in parts if part)


def _part(part: str) -> str:
    if part == OWN_TEXT:
        return _("own description")
    if match := PRACTICE.match(part):
        chart = _("practice chart %(number)s") % {"number": match[1]}
        return f"{chart}, {match[2].replace('_', ' ')}" if match[2] else chart
    if match := CASE.match(part):
        case = _("case study %(number)s") % {"number": match[1]}
        return _("%(case)s, answer %(answer)s") % {"case": case, "answer": match[2]} if match[2] else case
    if match := LINES.match(part):
        lines = match[2] if match[3] is None else f"{match[2]}–{match[3]}"
        return _("%(source)s, line %(lines)s") % {"source": match[1], "lines": lines}
    return part
