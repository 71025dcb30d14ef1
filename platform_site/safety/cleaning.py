"""Cleaning a document in a child process: run inside its limits by `safety.documents`, with the kind as argument.

The answer begins with "+" before the cleaned document, or with "-" before the name of the reason of a refusal. No
settings are loaded here: the sentence for the reason is the parent's business.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.exceptions import ValidationError


def cleaner_of(kind: str) -> Callable[[bytes], bytes]:
    """Return what cleans documents of `kind` ("pdf", "docx", "odt", "txt"); only its libraries are loaded."""
    match kind:
        case "pdf":
            from platform_site.safety.documents_pdf import clean_pdf as clean
        case "docx":
            from platform_site.safety.documents_docx import clean_docx as clean
        case "odt":
            from platform_site.safety.documents_odt import clean_odt as clean
        case _:
            from platform_site.safety.documents_text import clean_text as clean
    return clean


def main() -> None:
    """Read the document from standard input and write the answer."""
    clean = cleaner_of(sys.argv[1])
    try:
        answer = b"+" + clean(sys.stdin.buffer.read())
    except ValidationError as error:
        answer = b"-" + str(error.code).encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
