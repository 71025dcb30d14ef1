"""Which characters a text of the site may hold: one rule for forms, the gate and packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# All control characters but the tab and the end of a line, halves of characters, and the two that are no characters:
# PostgreSQL stores no NUL, XML (EPUB, feeds) has none of them, and nobody sees them.
DAMAGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
# Word's line break inside a paragraph, the end of a page in a text out of a PDF, the line end of mainframes.
_BETWEEN_WORDS = re.compile("[\x0b\x0c\x85]")


def without_damage(text: str) -> str:
    """Return `text` without the characters that no text may hold."""
    return DAMAGE.sub("", text)


def as_typed(text: str) -> str:
    """Return what somebody typed or pasted as it is kept: one kind of line end, no damage, words still apart."""
    return without_damage(_BETWEEN_WORDS.sub(" ", _LINE_END.sub("\n", text)))


def damage_in(value: Any) -> str:
    """Return the first character that no text may hold in a text, or in the texts of a list or dict; "" without one."""
    return next((found.group() for text in _texts(value) if (found := DAMAGE.search(text))), "")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(name)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
