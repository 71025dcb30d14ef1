"""PDF: what a reader's program would run or open is refused, what says who made it is taken out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from platform_site.safety.jpeg import without_metadata
from platform_site.safety.reasons import refusal

# Actions (ISO 32000-1, 12.6.4) that run something, open another file or send what was typed. A link to a page of the
# document or to an address, which a person has to follow, is none of them.
FORBIDDEN_ACTIONS = {
    "/JavaScript": "pdf_script",
    "/Rendition": "pdf_script",
    "/Launch": "pdf_reaches_out",
    "/SubmitForm": "pdf_reaches_out",
    "/ImportData": "pdf_reaches_out",
    "/GoToR": "pdf_reaches_out",
    "/Thread": "pdf_reaches_out",
    "/Movie": "pdf_reaches_out",
    "/Sound": "pdf_reaches_out",
    "/RichMediaExecute": "pdf_reaches_out",
    "/GoTo3DView": "pdf_reaches_out",
    "/GoToE": "pdf_files",
}
FORBIDDEN_KEYS = {
    "/JS": "pdf_script",
    "/JavaScript": "pdf_script",
    "/XFA": "pdf_script",
    "/EF": "pdf_files",
    "/EmbeddedFiles": "pdf_files",
}
FORBIDDEN_SUBTYPES = {
    "/FileAttachment": "pdf_files",
    "/RichMedia": "pdf_files",
    "/3D": "pdf_files",
    "/Movie": "pdf_files",
    "/Sound": "pdf_files",
    "/Screen": "pdf_reaches_out",
}
# Written by programs into any part: descriptions with names and places, private data of the drawing program, dates;
# and what happens when a page opens, which could call an address without a click.
STRIPPED_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction")
# Deeper than any writer nests what stands inside one object; a hostile file would end the recursion instead.
DEEPEST = 60


def clean_pdf(data: bytes) -> bytes:
    """Return the PDF written anew without metadata, older versions of its parts and what was never shown.

    Raises ValidationError if it is broken or locked, or holds a script, a file, a signature or an action that opens
    or sends something.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise refusal("pdf_locked")
            if not len(pdf.pages):
                raise refusal("broken_pdf")
            # First all is looked at: what is stripped of a part would not be found inside it.
            for part in _parts(pdf):
                _check(part)
            for part in list(_parts(pdf)):
                _strip(part)
            _strip_document(pdf)
            buffer = io.BytesIO()
            pdf.save(
                buffer,
                deterministic_id=True,
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                fix_metadata_version=False,
            )
    except pikepdf.PasswordError as error:
        raise refusal("pdf_locked") from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise refusal("broken_pdf") from error
    return buffer.getvalue()


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and every stream of the file, also those inside another."""
    for indirect in pdf.objects:
        yield from _inside(indirect, 0)


def _inside(value: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise refusal("broken_pdf")
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        yield value
        children = [child for _key, child in value.items()]
    elif isinstance(value, pikepdf.Array):
        children = list(value)
    else:
        return
    for child in children:
        # What stands in an object of its own comes by itself, once.
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _inside(child, depth + 1)


def _name(part: Any, key: str) -> str:
    value = part.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _check(part: Any) -> None:
    """Raise ValidationError for a part that a document must not have."""
    reason = (
        FORBIDDEN_ACTIONS.get(_name(part, "/S"))
        or FORBIDDEN_SUBTYPES.get(_name(part, "/Subtype"))
        or next((FORBIDDEN_KEYS[key] for key in FORBIDDEN_KEYS if key in part), None)
    )
    if reason is None and (_name(part, "/Type") == "/Sig" or (_name(part, "/FT") == "/Sig" and "/V" in part)):
        reason = "pdf_signed"
    if reason is not None:
        raise refusal(reason)


def _strip(part: Any) -> None:
    """Take out of one part what says who made it, when and where."""
    for key in STRIPPED_KEYS:
        if key in part:
            del part[key]
    # The name of whoever wrote a remark; in a field of a form the same key is the field's name.
    if _name(part, "/Subtype") and _name(part, "/Subtype") != "/Widget" and "/Rect" in part and "/T" in part:
        del part["/T"]
    if isinstance(part, pikepdf.Stream) and _is_photograph(part):
        part.write(without_metadata(part.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def _is_photograph(stream: pikepdf.Stream) -> bool:
    kind = stream.get("/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) == 1:
        kind = kind[0]
    return isinstance(kind, pikepdf.Name) and str(kind) == "/DCTDecode" and "/DecodeParms" not in stream


def _strip_document(pdf: pikepdf.Pdf) -> None:
    """Take out the notes about the whole document."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.remove_unreferenced_resources()
