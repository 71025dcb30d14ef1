"""Plain text into blocks: at its headings, where it has some."""

from __future__ import annotations

import re

from library.extraction.blocks import Block
from library.extraction.marks import without_marks

LONGEST_HEADING = 110
# The mark alone: its words are taken by hand, since blanks on both sides of a group cost the cube of their number.
_MARKDOWN = re.compile(r"\A {0,3}(#{1,6})(?=\s)")
_NUMBERED = re.compile(r"\A\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(\S.*)\Z")
_DECORATION = re.compile(r"[*_`]{1,3}|</?u>")
_LETTERS = re.compile(r"[^\W\d_]")


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a plain text, in order; together their words are those of the text, its marks are
    gone (see `without_marks`).

    A heading is a line marked as in Markdown, a line of capitals, or a numbered line that stands alone. Headings that
    follow each other line by line are one.
    """
    lines = text.splitlines(keepends=True)
    blocks: list[Block] = []
    heading, level, kept = "", 0, list[str]()

    def close() -> None:
        nonlocal kept
        shown = without_marks("".join(kept))
        if heading or shown.strip():
            blocks.append(Block(shown, heading, level))
        kept = []

    continued = False
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        found = heading_of(line, before, after)
        if found is None:
            kept.append(line)
            continued = False
        elif continued and found[0] == level and len(heading) + len(found[1]) < LONGEST_HEADING:
            heading = f"{heading} {found[1]}"
        else:
            close()
            level, heading = found
            continued = found[0] == CAPITALS
    close()
    return blocks


CAPITALS = 2


def heading_of(line: str, before: str = "", after: str = "") -> tuple[int, str] | None:
    """Return level and words of a line that is a heading between the lines `before` and `after`, else None."""
    marked = _MARKDOWN.match(line)
    title = line[marked.end() :].strip().rstrip("#").strip() if marked else ""
    if marked and title:
        return len(marked.group(1)), _words(title)
    words = line.strip()
    if (
        not words
        or len(words) > LONGEST_HEADING
        or words.endswith((".", ",", ";"))
        or words.startswith(("-", "*", "•"))
    ):
        return None
    letters = _LETTERS.findall(words)
    if (
        len(letters) >= 6
        and all(letter.isupper() for letter in letters if letter.lower() != letter.upper())
        and (any(letter.isupper() for letter in letters))
    ):
        return CAPITALS, _words(words)
    numbered = _NUMBERED.match(words)
    alone = not before.strip() and not after.strip()
    if numbered and alone and numbered.group(2)[:1].isupper():
        return min(6, 2 + numbered.group(1).count(".")), _words(words)
    return None


def _words(text: str) -> str:
    return " ".join(_DECORATION.sub("", without_marks(text)).split())
