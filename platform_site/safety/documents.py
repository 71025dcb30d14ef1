"""Uploaded documents: checked by what they hold, written anew without what says who made them.

A document goes to strangers. What runs by itself, hides another file or calls elsewhere is refused; the names that
programs write into a file (author, company, camera, place) are taken out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from platform_site.safety.documents_office import clean_docx, clean_odt
from platform_site.safety.documents_pdf import clean_pdf

# Control characters that a text has no use for; the tab, the end of the line and of the page are none of them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What other kinds that are written in letters begin with.
MARKUP = re.compile(r"\A\s*(?:<(?:!|html|head|body|script|svg|\?xml)|%PDF-|%!PS|\{\\rtf|#!)", re.IGNORECASE)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "text/plain"


def clean_text(data: bytes) -> bytes:
    """Return a plain text in UTF-8, with no mark of byte order. Raises ValidationError for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The text is not written in UTF-8. Save it in that encoding.")) from error
    if CONTROL.search(text) or MARKUP.match(text):
        raise ValidationError(_("This file is no plain text."))
    return unicodedata.normalize("NFC", text).encode()


# By the ending of the name: what the file has to be, and what cleans it.
KINDS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "pdf": (PDF, clean_pdf),
    "docx": (DOCX, clean_docx),
    "odt": (ODT, clean_odt),
    "txt": (TEXT, clean_text),
}


def kind_of(name: str) -> str | None:
    """Return the ending of a document's name if documents of that kind are kept, else None."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ending if ending in KINDS else None


def clean_document(upload: Any) -> ContentFile[bytes]:
    """Return the document of `upload` (a file with a name) written anew: same words and looks, nothing about its maker.

    Raises ValidationError, with a sentence for the field, for what is no PDF, DOCX, ODT or plain text, is broken,
    or holds what a document must not (see `documents_pdf` and `documents_office`).
    """
    kind = kind_of(upload.name)
    if kind is None:
        raise ValidationError(_("Only PDF, DOCX, ODT and plain text (TXT) can be kept. Save it as PDF first."))
    upload.seek(0)
    data = upload.read()
    wanted, clean = KINDS[kind]
    # A text has no mark at its beginning; its cleaner says whether it is one.
    if wanted != TEXT and filetype.guess_mime(data) != wanted and not _is_package(data, wanted):
        raise ValidationError(_("The file is not what the ending of its name says."))
    return ContentFile(clean(data), name=upload.name)


def _is_package(data: bytes, wanted: str) -> bool:
    """Say whether `data` begins as a ZIP package: some writers order its parts so that the mark alone says no more."""
    return wanted in {DOCX, ODT} and data.startswith(b"PK\x03\x04")


class CleanDocumentForm(BaseDocumentForm):
    """The form of Wagtail's documents, new or replaced, one or several at once; keeps cleaned documents only."""

    def clean_file(self) -> Any:
        """Return the cleaned document. Raises ValidationError beside the field."""
        upload = self.cleaned_data.get("file")
        return clean_document(upload) if isinstance(upload, UploadedFile) else upload
