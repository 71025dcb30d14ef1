"""Which language a text says it is in: said where it is not the reader's."""

from __future__ import annotations

from django.utils.translation import get_language


def other_language(code: str) -> str:
    """Return a language code where it is not the active one, else ""."""
    return code if code and code != (get_language() or "en").split("-")[0] else ""
