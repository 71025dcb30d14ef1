"""A page's body as one Markdown text and back: what importer and exporter speak.

Headings of the second and third level (`## Words {#anchor}`), pipe tables, notes and framed boxes (`blocks.framed`)
become blocks of their own; everything between them is text. `from_markdown(to_markdown(body))` gives the same blocks,
and the Markdown of a text that came this way is the text again, blank lines apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from platform_site.blocks.anchors import fill_anchors, heading_values
from platform_site.blocks.framed import frame_of, take_frame, write_frame

Part = tuple[str, Any]

HEADING = re.compile(r"\A(#{2,3}) +(\S.*?)\s*#*\Z")
ANCHOR = re.compile(r"\A(.*\S)\s+\{#([\w-]{1,80})\}\Z")
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
        framed = take_frame(lines, position) if line.startswith(">") else None
        if heading:
            _close(text, parts)
            parts.append(_heading(heading))
            position += 1
        elif note:
            _close(text, parts)
            position = _take_notes(lines, position, parts)
        elif framed:
            _close(text, parts)
            part, position = framed
            parts.append(part)
        elif line.lstrip().startswith("|") and position + 1 < len(lines) and RULE.match(lines[position + 1].strip()):
            _close(text, parts)
            position = _take_table(lines, position, parts)
        else:
            text.append(line)
            position += 1
    _close(text, parts)
    fill_anchors(parts)
    return parts


def to_markdown(body: Iterable[Any]) -> str:
    """Return a body (a StreamValue, or pairs of name and value) as Markdown, blocks parted by a blank line."""
    blocks = [block if isinstance(block, tuple) else (block.block_type, block.value) for block in body]
    # A heading names its anchor where its words alone would make another one.
    derived = [("heading", {"text": value["text"]}) for value in heading_values(blocks)]
    fill_anchors(derived)
    by_words = iter([value["anchor"] for _name, value in derived])
    pieces = [_piece(name, value, next(by_words) if name == "heading" else "") for name, value in blocks]
    return "\n\n".join(piece for piece in pieces if piece) + "\n" if pieces else ""


def _heading(match: re.Match[str]) -> Part:
    text, anchor = match[2], ""
    if found := ANCHOR.match(text):
        text, anchor = found[1], found[2]
    return "heading", {"text": text, "level": str(len(match[1])), "anchor": anchor}


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
        elif lines[position].strip() or not (ahead := _what_follows(lines, position)):
            break
        elif ahead == "paragraph":
            notes[-1]["text"] += "\n"
        position += 1
    parts.append(("notes", {"notes": notes}))
    return position


def _what_follows(lines: list[str], position: int) -> str:
    """Say what follows notes after blank lines: another "note", a "paragraph" of the last one, or "" for neither."""
    following = next((line for line in lines[position:] if line.strip()), "")
    if NOTE.match(following):
        return "note"
    return "paragraph" if following.startswith("    ") else ""


def _note(note: Any) -> str:
    first, *others = note["text"].split("\n")
    return "\n".join([f"[^{note['mark']}]: {first}", *(f"    {line}" if line else "" for line in others)])


def _piece(name: str, value: Any, by_words: str) -> str:
    if name == "text":
        return str(value).strip("\n")
    if name == "heading":
        anchor = value.get("anchor") or by_words
        is_said = anchor != by_words or ANCHOR.match(value["text"])
        return f"{'#' * int(value['level'])} {value['text']}" + (f" {{#{anchor}}}" if is_said else "")
    if name == "table":
        return _table(value)
    if name == "notes":
        return "\n".join(_note(note) for note in value["notes"])
    frame = frame_of(name, value)
    if frame is None:
        raise ValueError(f"A body has no block named {name!r}.")
    return frame


def _table(value: Any) -> str:
    from platform_site.blocks.boxes import cells_of

    rows = [line.strip() for line in value["rows"].splitlines() if line.strip()]
    if not rows:
        return ""
    if value.get("caption"):
        return write_frame("table", value["caption"], "\n".join(rows))
    rule = "|" + "---|" * len(cells_of(rows[0])[0])
    return "\n".join([rows[0], rule, *rows[1:]])
