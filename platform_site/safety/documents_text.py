"""Plain text: kept in one encoding, and only if it is text."""

from __future__ import annotations

import re
import unicodedata

from platform_site.safety.reasons import refusal

# Control characters that a text has no use for; the tab, the end of the line and of the page are none of them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What other kinds that are written in letters begin with.
MARKUP = re.compile(r"\A\s*(?:<(?:!|html|head|body|script|svg|\?xml)|%PDF-|%!PS|\{\\rtf|#!)", re.IGNORECASE)


def clean_text(data: bytes) -> bytes:
    """Return a plain text in UTF-8, with no mark of byte order. Raises ValidationError for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal("no_utf8") from error
    if CONTROL.search(text) or MARKUP.match(text):
        raise refusal("no_text")
    return unicodedata.normalize("NFC", text).encode()
