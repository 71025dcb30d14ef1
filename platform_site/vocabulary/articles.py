"""The list of articles of legal instruments: each is known by the code of its instrument and its number."""

from __future__ import annotations

import re

ARTICLES = "instrument_articles"
INSTRUMENTS = "legal_instruments"
_CODE = re.compile(r"\A([A-Za-z0-9_-]+)/([1-9][0-9]{0,3}[a-z]?)\Z")


def article_parts(code: str) -> tuple[str, str]:
    """Return the code of the instrument and the number of the article in a code of the list; "" twice if it is none."""
    match = _CODE.match(code)
    return (match.group(1), match.group(2)) if match else ("", "")
