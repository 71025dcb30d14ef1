"""What stands in a cell of a file that people open in a spreadsheet."""

from __future__ import annotations

from typing import Any

from platform_site.texts.characters import without_damage

# A cell that begins so is taken for a formula (OWASP, CSV injection).
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(value: Any) -> Any:
    """Return a value of a cell as nothing that a spreadsheet would execute or could not hold; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    # Asked before too: a carriage return at the beginning is active, and no part of a text.
    text = without_damage(value)
    return f"'{text}" if value.startswith(ACTIVE) or text.startswith(ACTIVE) else text
