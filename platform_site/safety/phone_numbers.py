"""Telephone numbers as links."""

from __future__ import annotations

import re

# What stands between two numbers, or between a number and a remark.
_END_OF_FIRST = re.compile(r"[;,]| / |\s(?:or|and)\s|[^\W\d_]{2,}|\b24\s?(?:/\s?7|h)\b|(?<=\d)\s*\([^()]*\)\s*$")
_TRUNK_ZERO = re.compile(r"\(0\)")
_DASH = re.compile(r"\s[–-]\s")
# ITU-T E.164: no number has more digits. What has more is two numbers, the second one without its beginning.
MOST_DIGITS = 15


def dial_address(number: str) -> str:
    """Return the `tel:` address of the first number in `number`, or "" if nobody could dial it.

    >>> dial_address("+39 06 (0) 12 34 / 56")
    'tel:+39061234'
    """
    first = _END_OF_FIRST.split(number.strip(), maxsplit=1)[0]
    if first.lstrip("( ").startswith(("+", "00")):
        first = _TRUNK_ZERO.sub("", first)
    digits = re.sub(r"\D", "", first)
    if len(digits) > MOST_DIGITS:
        digits = re.sub(r"\D", "", _DASH.split(first, maxsplit=1)[0])
    if len(digits) > MOST_DIGITS:
        return ""
    sign = "+" if first.lstrip("( ").startswith("+") else ""
    return f"tel:{sign}{digits}" if digits else ""
