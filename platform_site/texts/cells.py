"""What stands in a cell of a file that people open in a spreadsheet."""

from __future__ import annotations

import re
from typing import Any

# A cell that begins so is taken for a formula (OWASP, CSV injection).
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
# What the file format of spreadsheets cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def defused(value: Any) -> Any:
    """Return a value of a cell as nothing that a spreadsheet would execute or could not hold; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)
    return f"'{text}" if text.startswith(ACTIVE) else text
