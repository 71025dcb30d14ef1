"""Uploaded documents: checked by what they hold, written anew without what says who made them.

A document goes to strangers. What runs by itself, hides another file or calls elsewhere is refused; the names that
programs write into a file (author, company, camera, place) are taken out.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from platform_site.safety.child import ChildError, ChildLimits, run_limited
from platform_site.safety.reasons import refusal

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "text/plain"


# By the ending of the name: what the file has to be.
KINDS = {"pdf": PDF, "docx": DOCX, "odt": ODT, "txt": TEXT}
# What checking and writing anew one document may cost. A picture of 40 megapixels inside needs most of the memory.
LIMITS = ChildLimits(memory=1536 * 1024 * 1024, seconds=20, output=64 * 1024 * 1024)
CLEANER = "platform_site.safety.cleaning"


def kind_of(name: str) -> str | None:
    """Return the ending of a document's name if documents of that kind are kept, else None."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ending if ending in KINDS else None


def clean_document(upload: Any) -> ContentFile[bytes]:
    """Return the document of `upload` (a file with a name) written anew: same words and looks, nothing about its maker.

    Raises ValidationError, with a sentence for the field, for what is no PDF, DOCX, ODT or plain text, is broken,
    holds what a document must not (see `documents_pdf` and `documents_office`), or needs more than `LIMITS` to check.
    """
    kind = kind_of(upload.name)
    if kind is None:
        raise ValidationError(_("Only PDF, DOCX, ODT and plain text (TXT) can be kept. Save it as PDF first."))
    upload.seek(0)
    data = upload.read()
    wanted = KINDS[kind]
    # A text has no mark at its beginning; its cleaner says whether it is one.
    if wanted != TEXT and filetype.guess_mime(data) != wanted and not _is_package(data, wanted):
        raise ValidationError(_("The file is not what the ending of its name says."))
    return ContentFile(_cleaned(data, kind), name=upload.name)


def _cleaned(data: bytes, kind: str) -> bytes:
    """Return what the child process makes of the document. Raises ValidationError for what it refuses or dies of."""
    try:
        answer = run_limited(CLEANER, [kind], data, LIMITS)
    except ChildError as error:
        raise refusal("too_much") from error
    if answer[:1] != b"+":
        raise refusal(answer[1:].decode())
    return answer[1:]


def _is_package(data: bytes, wanted: str) -> bool:
    """Say whether `data` begins as a ZIP package: some writers order its parts so that the mark alone says no more."""
    return wanted in {DOCX, ODT} and data.startswith(b"PK\x03\x04")


class CleanDocumentForm(BaseDocumentForm):
    """The form of Wagtail's documents, new or replaced, one or several at once; keeps cleaned documents only."""

    def clean_file(self) -> Any:
        """Return the cleaned document. Raises ValidationError beside the field."""
        upload = self.cleaned_data.get("file")
        return clean_document(upload) if isinstance(upload, UploadedFile) else upload
