"""PDF: what a reader's program would run or open is refused, what says who made it is taken out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from platform_site.safety.jpeg import without_metadata
from platform_site.safety.jpeg2000 import without_notes
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
STRIPPED_KEYS = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/SpiderInfo",
    "/CreatorInfo",
    "/Thumb",
    "/AA",
    "/OpenAction",
)
# What pdfTeX writes for each picture that it takes from another file: its author, its place on the disk.
STRIPPED_PREFIX = "/PTEX."
# Annotations that one person leaves for another (12.5.6.2); their words and names are refused, as in DOCX and ODT.
REMARKS = {
    "/Text",
    "/FreeText",
    "/Line",
    "/Square",
    "/Circle",
    "/Polygon",
    "/PolyLine",
    "/Highlight",
    "/Underline",
    "/Squiggly",
    "/StrikeOut",
    "/Caret",
    "/Stamp",
    "/Ink",
    "/Popup",
    "/Redact",
}
# The name of whoever wrote an annotation, its subject, when it was made and changed.
STRIPPED_OF_ANNOTATIONS = ("/T", "/Subj", "/M", "/CreationDate", "/NM")
DRAWN = {"/DCTDecode": without_metadata, "/DCT": without_metadata, "/JPXDecode": without_notes}
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
            # Where memory ends, the library leaves a part out, goes on, and says so here only.
            if any("bad_alloc" in str(warning) for warning in pdf.get_warnings()):
                raise refusal("too_much")
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
    if reason is None and _name(part, "/Subtype") in REMARKS and "/Rect" in part and _has_words(part):
        reason = "pdf_remarks"
    if reason is not None:
        raise refusal(reason)


def _has_words(annotation: Any) -> bool:
    return any(key in annotation and str(annotation[key]).strip() for key in ("/Contents", "/RC"))


def _strip(part: Any) -> None:
    """Take out of one part what says who made it, when and where."""
    for key in [name for name in part.keys() if name in STRIPPED_KEYS or name.startswith(STRIPPED_PREFIX)]:  # noqa: SIM118
        del part[key]
    # In a field of a form the same keys are the field's own.
    if _name(part, "/Subtype") not in ("", "/Widget") and "/Rect" in part:
        for key in STRIPPED_OF_ANNOTATIONS:
            if key in part:
                del part[key]
    if isinstance(part, pikepdf.Stream):
        _clean_picture(part)


def _clean_picture(stream: pikepdf.Stream) -> None:
    """Cut the notes out of a photograph, whatever it is packed in. Raises ValueError, PdfError if it is broken."""
    filters, parameters = _list(stream.get("/Filter")), _list(stream.get("/DecodeParms"))
    names = [str(kind) for kind in filters]
    if not any(name in DRAWN for name in names):
        return
    # Points come last; what is packed into them again is no picture that a program writes.
    if any(name in DRAWN for name in names[:-1]):
        raise ValueError("A picture is packed in another.")
    parameters += [None] * (len(filters) - len(parameters))
    data = stream.read_raw_bytes()
    if len(filters) > 1:
        data = _unpacked(data, filters[:-1], parameters[:-1])
    own = parameters[-1] if isinstance(parameters[-1], pikepdf.Dictionary) else None
    stream.write(DRAWN[names[-1]](data), filter=filters[-1], decode_parms=own)


def _unpacked(data: bytes, filters: list[Any], parameters: list[Any]) -> bytes:
    """Return `data` without the given filters, the first of which is the outermost."""
    with pikepdf.Pdf.new() as pdf:
        packed = pikepdf.Stream(pdf, data)
        packed.Filter = pikepdf.Array(filters)
        if any(isinstance(value, pikepdf.Dictionary) for value in parameters):
            plain = [pikepdf.Dictionary(dict(value.items())) if value is not None else None for value in parameters]
            packed.DecodeParms = pikepdf.Array(plain)
        return packed.read_bytes()


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _strip_document(pdf: pikepdf.Pdf) -> None:
    """Take out the notes about the whole document."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.remove_unreferenced_resources()
