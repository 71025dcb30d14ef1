"""Marks of Markdown and HTML in plain text: readers, and the search for words, get the text without them."""

from __future__ import annotations

import re

# Asterisks that open and close on one paragraph. A text between them has none, so that each is looked at once; a
# lone one (a footnote, an item of a list) stays.
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])((?:[^*\n]|\n(?![ \t]*\n))+)(?<=\S)\1(?![\w*])")
_RULE = re.compile(r"^[ \t]{0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"</?(?:sup|sub|u|b|i|em|strong|small)>|<a (?:id|name)=\"[^\"<>]{0,200}\">(?:</a>)?", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_LINK = re.compile(r'<a href="([^"<>\s]{1,500})"[^<>]{0,200}>([^<>]{0,500})</a>', re.IGNORECASE)
# How deep emphasis stands in emphasis.
DEPTH = 2


def without_marks(text: str) -> str:
    """Return `text` without marks of emphasis, rules, and the plain tags of HTML. No word is lost."""
    plain = _TAG.sub("", _BREAK.sub("\n", _RULE.sub("", _LINK.sub(_words_of_link, text))))
    for _level in range(DEPTH):
        plain = _EMPHASIS.sub(r"\2", plain)
    return plain


def _words_of_link(link: re.Match[str]) -> str:
    """Return the words of a link, and its address where they do not say it."""
    address, words = link.groups()
    return words if address in words else f"{words} ({address})".strip()
