"""Cleaning a document in a child process: run inside its limits by `safety.documents`, with the kind as argument.

The answer begins with "+" before the cleaned document, or with "-" before the name of the reason of a refusal. No
settings are loaded here: the sentence for the reason is the parent's business.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.exceptions import ValidationError

from platform_site.safety.documents_docx import clean_docx
from platform_site.safety.documents_odt import clean_odt
from platform_site.safety.documents_pdf import clean_pdf
from platform_site.safety.documents_text import clean_text

CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": clean_pdf,
    "docx": clean_docx,
    "odt": clean_odt,
    "txt": clean_text,
}


def main() -> None:
    """Read the document from standard input and write the answer."""
    clean = CLEANERS[sys.argv[1]]
    try:
        answer = b"+" + clean(sys.stdin.buffer.read())
    except ValidationError as error:
        answer = b"-" + str(error.code).encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
