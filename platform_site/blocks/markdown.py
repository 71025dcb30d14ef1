"""A page's body as one Markdown text and back: what importer and exporter speak.

Headings of the second and third level, pipe tables and notes become blocks of their own; everything between them is
text. `from_markdown(to_markdown(body))` gives the same blocks, and the Markdown of a text that came this way is the
text again, blank lines apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Part = tuple[str, Any]

HEADING = re.compile(r"\A(#{2,3}) +(\S.*?)\s*#*\Z")
RULE = re.compile(r"\A\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\Z")
NOTE = re.compile(r"\A\[\^([0-9A-Za-z]{1,8})\]:[ \t]*(.*)\Z")


def from_markdown(source: str) -> list[Part]:
    """Return the body of `source` as pairs of block name and value, ready for a StreamField."""
    parts: list[Part] = []
    text: list[str] = []
    lines = source.replace("\r\n", "\n").split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        heading = HEADING.match(line)
        note = NOTE.match(line)
        if heading:
            _close(text, parts)
            parts.append(("heading", {"text": heading[2], "level": str(len(heading[1]))}))
            position += 1
        elif note:
            _close(text, parts)
            position = _take_notes(lines, position, parts)
        elif line.lstrip().startswith("|") and position + 1 < len(lines) and RULE.match(lines[position + 1].strip()):
            _close(text, parts)
            position = _take_table(lines, position, parts)
        else:
            text.append(line)
            position += 1
    _close(text, parts)
    return parts


def to_markdown(body: Iterable[Any]) -> str:
    """Return a body (a StreamValue, or pairs of name and value) as Markdown, blocks parted by a blank line."""
    pieces = [_piece(*(block if isinstance(block, tuple) else (block.block_type, block.value))) for block in body]
    return "\n\n".join(piece for piece in pieces if piece) + "\n" if pieces else ""


def _close(text: list[str], parts: list[Part]) -> None:
    """End a stretch of text: keep it as a block unless it is blank."""
    source = "\n".join(text).strip("\n")
    text.clear()
    if source.strip():
        parts.append(("text", source))


def _take_table(lines: list[str], position: int, parts: list[Part]) -> int:
    rows = [lines[position].strip()]
    position += 2
    while position < len(lines) and lines[position].lstrip().startswith("|"):
        rows.append(lines[position].strip())
        position += 1
    parts.append(("table", {"caption": "", "rows": "\n".join(rows)}))
    return position


def _take_notes(lines: list[str], position: int, parts: list[Part]) -> int:
    """Take notes that follow each other, with the indented lines that go on in them."""
    notes: list[dict[str, str]] = []
    while position < len(lines):
        match = NOTE.match(lines[position])
        if match:
            notes.append({"mark": match[1], "text": match[2]})
        elif notes and lines[position].startswith("    ") and lines[position].strip():
            notes[-1]["text"] += "\n" + lines[position][4:]
        elif lines[position].strip() or not _goes_on(lines, position):
            break
        position += 1
    parts.append(("notes", {"notes": notes}))
    return position


def _goes_on(lines: list[str], position: int) -> bool:
    """Say whether another note follows after blank lines."""
    following = next((line for line in lines[position:] if line.strip()), "")
    return bool(NOTE.match(following))


def _piece(name: str, value: Any) -> str:
    if name == "text":
        return str(value).strip("\n")
    if name == "heading":
        return f"{'#' * int(value['level'])} {value['text']}"
    if name == "table":
        return _table(value)
    if name == "notes":
        return "\n".join(f"[^{note['mark']}]: " + note["text"].replace("\n", "\n    ") for note in value["notes"])
    return _box(name, value)


def _table(value: Any) -> str:
    from platform_site.blocks.boxes import cells_of

    rows = [line.strip() for line in value["rows"].splitlines() if line.strip()]
    if not rows:
        return ""
    rule = "|" + "---|" * len(cells_of(rows[0])[0])
    caption = f"**{value['caption']}**\n\n" if value.get("caption") else ""
    return caption + "\n".join([rows[0], rule, *rows[1:]])


def _box(name: str, value: Any) -> str:
    """Write a block that Markdown has no form for in the nearest one: its words stay, its frame does not."""
    if name == "quote":
        source = f"\n>\n> {value['source']}" if value.get("source") else ""
        return _quoted(value["text"]) + source
    if name == "definition":
        return _quoted(f"**{value['term']}**\n\n{value['text']}")
    if name == "callout":
        return f"**{value['title']}**\n\n{value['text']}".strip()
    if name == "checklist":
        return "\n".join([f"**{value['title']}**", "", *(f"- {item}" for item in value["items"])])
    if name == "figure":
        return f"{{{{figure:{value['name']}}}}} {value.get('label') or ''}".strip()
    if name == "links":
        title = [f"**{value['title']}**", ""] if value.get("title") else []
        return "\n".join(
            [*title, *(f"- [{link['label']}]({link.get('address') or link.href})" for link in value["links"])]
        )
    raise ValueError(f"A body has no block named {name!r}.")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip("\n").split("\n"))
