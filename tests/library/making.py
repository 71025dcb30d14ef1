"""Documents and files for the tests of the library, made by the project's own services."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import zipfile
from typing import Any

from fpdf import FPDF
from fpdf.enums import AccessPermission

from library.models import DocumentFile, DocumentInstrument, DocumentUse, LibraryDocument, LibraryText
from library.uploads import clean_upload, store_file
from platform_site.records.services import publish_record, save_draft
from platform_site.vocabulary.store import term_id

_numbers = itertools.count(1)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TEXT_NS = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE_NS = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def build_document(
    *,
    kind: str = "handbook",
    level: str = "european",
    language: str = "en",
    summary: str = "What it says, in short.",
    translations: dict[str, dict[str, str]] | None = None,
    files: list[tuple[str, str, bytes]] | None = None,
    instruments: list[tuple[str, ...]] | None = None,
    uses: list[Any] | None = None,
    **values: Any,
) -> LibraryDocument:
    """Return an unsaved document. `files` are language, name, bytes; `uses` records; lists of terms by their names;
    `instruments` code and article, then what it is about and the language of that.
    """
    number = next(_numbers)
    values.setdefault("name", f"Document {number}")
    values.setdefault("slug", f"document-{number}")
    codes = {name: values.pop(name) for name in LibraryDocument.term_lists if name in values}
    codes.setdefault("languages", [language])
    document = LibraryDocument(
        document_type_id=term_id("library_document_types", kind),
        level_id=term_id("levels", level) if level else None,
        **values,
    )
    document.texts = [
        LibraryText(language=language, is_original=True, summary=summary),
        *(LibraryText(language=code, **fields) for code, fields in (translations or {}).items()),
    ]
    for name, wanted in codes.items():
        document.set_codes(name, wanted)
    document.files = [
        DocumentFile(
            language=code, name=name, stored=store_file(name=name, data=clean_upload(name, data)), sort_order=place
        )
        for place, (code, name, data) in enumerate(files or [])
    ]
    document.instruments = [
        DocumentInstrument(
            instrument_id=term_id("legal_instruments", code),
            sort_order=place,
            **dict(zip(("article", "subject", "subject_language"), facts, strict=False)),
        )
        for place, (code, *facts) in enumerate(instruments or [])
    ]
    document.uses = [
        DocumentUse(record_type=record.record_type, record_pk=record.pk, sort_order=place)
        for place, record in enumerate(uses or [])
    ]
    return document


def make_document(**values: Any) -> LibraryDocument:
    """Return a published document (see `build_document`)."""
    published: LibraryDocument = publish_record(record=build_document(**values))
    return published


def make_draft_document(*, author: Any = None, **values: Any) -> LibraryDocument:
    """Return a document that was never published."""
    document = build_document(**values)
    save_draft(record=document, user=author)
    return document


def text_file(name: str = "text.txt", words: str = "", language: str = "en") -> tuple[str, str, bytes]:
    """Return a plain text for `files`."""
    return language, name, (words or "# Beginning\n\nThe first words.\n\n# End\n\nThe last words.\n").encode()


def make_pdf(pages: list[str], *, password: str = "", title: str = "") -> bytes:
    """Return a PDF with a page for each text; an empty one has a drawing and no text."""
    pdf = FPDF()
    pdf.set_creation_date(dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    pdf.set_font("Helvetica", size=11)
    if title:
        pdf.set_title(title)
        pdf.set_author("Secret Author")
    for text in pages:
        pdf.add_page()
        if text:
            pdf.multi_cell(0, 6, text)
        else:
            pdf.rect(20, 20, 100, 100, style="F")
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password, permissions=AccessPermission.none())
    return bytes(pdf.output())


def make_docx(paragraphs: list[tuple[str, str]], **parts: str) -> bytes:
    """Return a DOCX of paragraphs as style ("" for none) and text; further parts by their names."""
    body = "".join(
        f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>' if style else ''}"
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}"/>')
        package.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def make_odt(body: str) -> bytes:
    """Return an ODT with this XML between its text marks (prefix `text:`)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OFFICE_NS}" xmlns:text="{TEXT_NS}"><office:body><office:text>'
            f"{body}</office:text></office:body></office:document-content>",
        )
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()
