"""How names stand in order."""

from __future__ import annotations

import unicodedata

# Controlled lists without an order of their own: who looks for a country looks for its name. The others stand in the
# order that the editors gave them, because it means something.
LISTS_BY_NAME = frozenset({"countries", "languages"})


def sort_text(text: str) -> str:
    """Return what `text` is sorted by: without accents and case, so that Österreich does not come after Zypern."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
