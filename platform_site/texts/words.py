"""The words of a search, read in one way by lists and by texts.

All words have to occur, in any order; what stands in quotation marks is one phrase. Accents and case do not count.
"""

from __future__ import annotations

import re
import unicodedata

from platform_site.texts.sorting import sort_text

LONGEST_QUERY = 256
# Each word costs a look through all texts.
MOST_TERMS = 12
QUOTES = '"“”„«»'
_TERM = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|([^\s{QUOTES}]+)")
_EDGES = re.compile(r"\A\W+|\W+\Z")


def terms_of(query: str) -> list[str]:
    """Return the words and phrases of what somebody typed, folded, each once, the first `MOST_TERMS` of them.

    Punctuation round a word is not part of it. A quotation mark without a second one is no more than punctuation.
    """
    folded = sort_text(query.replace("\x00", " ")[:LONGEST_QUERY])
    found = (" ".join(_EDGES.sub("", phrase or word).split()) for phrase, word in _TERM.findall(folded))
    return list(dict.fromkeys(term for term in found if term))[:MOST_TERMS]


def folded(text: str) -> str:
    """Return `text` without accents, each character in its place."""
    if text.isascii():
        return text
    table = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in set(text) if ord(letter) > 127}
    return text.translate(table)
