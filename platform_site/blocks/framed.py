"""Boxes in Markdown: a quote whose first line says what it is, `> [!checklist] Before you call`.

Readers of plain Markdown see a quote with its words; the site makes the box again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from platform_site.texts.formatted import from_list, to_list

HEAD = re.compile(r"\A>[ \t]?\[!([a-z]+)\][ \t]*(.*?)[ \t]*\Z")
LINK = re.compile(r"\A\[(.*)\]\(([^()\s]*)\)(?: (.*))?\Z", re.DOTALL)
Part = tuple[str, Any]


def write_frame(kind: str, title: str, text: str) -> str:
    """Return a box as Markdown."""
    head = f"> [!{kind}] {_line(title)}".rstrip()
    lines = text.strip("\n").split("\n") if text.strip("\n") else []
    return "\n".join([head, *(f"> {line}".rstrip() for line in lines)])


def take_frame(lines: Sequence[str], position: int) -> tuple[Part, int] | None:
    """Return the box that begins at a line and the line behind it; None where none of the known ones begins."""
    head = HEAD.match(lines[position])
    if head is None or head[1] not in READERS:
        return None
    position += 1
    inside = []
    while position < len(lines) and lines[position].startswith(">") and not HEAD.match(lines[position]):
        inside.append(lines[position][1:].removeprefix(" "))
        position += 1
    part = READERS[head[1]](head[2], "\n".join(inside).strip("\n"))
    return None if part is None else (part, position)


def frame_of(name: str, value: Any) -> str | None:
    """Return the Markdown of a box, None for a block that is none."""
    writer = WRITERS.get(name)
    return writer(value) if writer else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _read_checklist(title: str, text: str) -> Part:
    return "checklist", {"title": title, "items": [_line(item) for item in to_list(text)]}


def _read_links(title: str, text: str) -> Part | None:
    links = []
    for item in to_list(text):
        match = LINK.match(_line(item))
        if match is None:
            return None
        links.append({"label": match[1], "page": None, "address": match[2], "note": match[3] or ""})
    return "links", {"title": title, "links": links}


def _write_links(value: Any) -> str:
    items = []
    for link in value["links"]:
        address = link.get("address") or link.href
        items.append(f"[{_line(link['label'])}]({address}) {_line(link.get('note') or '')}".rstrip())
    return write_frame("links", value.get("title") or "", from_list(items))


READERS: dict[str, Callable[[str, str], Part | None]] = {
    "definition": lambda title, text: ("definition", {"term": title, "text": text}),
    "note": lambda title, text: ("callout", {"kind": "note", "title": title, "text": text}),
    "safety": lambda title, text: ("callout", {"kind": "safety", "title": title, "text": text}),
    "quote": lambda title, text: ("quote", {"text": text, "source": title}),
    "figure": lambda title, text: ("figure", {"name": title, "label": _line(text)}),
    "table": lambda title, text: ("table", {"caption": title, "rows": text}),
    "checklist": _read_checklist,
    "links": _read_links,
    "documents": lambda title, text: ("documents", {"title": title, "documents": to_list(text)}),
}
WRITERS: dict[str, Callable[[Any], str]] = {
    "definition": lambda value: write_frame("definition", value["term"], value["text"]),
    "callout": lambda value: write_frame(value["kind"], value["title"], value["text"]),
    "quote": lambda value: write_frame("quote", value.get("source") or "", value["text"]),
    "figure": lambda value: write_frame("figure", value["name"], value.get("label") or ""),
    "checklist": lambda value: write_frame("checklist", value["title"], from_list(value["items"])),
    "links": _write_links,
    "documents": lambda value: write_frame(
        "documents", value.get("title") or "", from_list(document.slug for document in value["documents"] if document)
    ),
}
