"""PDF: what a reader's program would run or open is refused, what says who made it is taken out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.safety.jpeg import without_metadata

SCRIPT = gettext_lazy("The PDF holds a script. Print it into a new PDF and take that one.")
FILES = gettext_lazy("The PDF holds other files. Take them out: print it into a new PDF.")
REACHES_OUT = gettext_lazy("The PDF opens or sends something by itself. Print it into a new PDF and take that one.")
SIGNED = gettext_lazy(
    "The PDF carries a signature with a person's name, which would break. Print it into a new PDF and take that one."
)
# Actions (ISO 32000-1, 12.6.4) that run something, open another file or send what was typed. A link to a page of the
# document or to an address, which a person has to follow, is none of them.
FORBIDDEN_ACTIONS = {
    "/JavaScript": SCRIPT,
    "/Rendition": SCRIPT,
    "/Launch": REACHES_OUT,
    "/SubmitForm": REACHES_OUT,
    "/ImportData": REACHES_OUT,
    "/GoToR": REACHES_OUT,
    "/Thread": REACHES_OUT,
    "/Movie": REACHES_OUT,
    "/Sound": REACHES_OUT,
    "/RichMediaExecute": REACHES_OUT,
    "/GoTo3DView": REACHES_OUT,
    "/GoToE": FILES,
}
FORBIDDEN_KEYS = {"/JS": SCRIPT, "/JavaScript": SCRIPT, "/XFA": SCRIPT, "/EF": FILES, "/EmbeddedFiles": FILES}
FORBIDDEN_SUBTYPES = {
    "/FileAttachment": FILES,
    "/RichMedia": FILES,
    "/3D": FILES,
    "/Movie": FILES,
    "/Sound": FILES,
    "/Screen": REACHES_OUT,
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
                raise ValidationError(_("The PDF is locked. Save it without a password and without limits."))
            if not len(pdf.pages):
                raise ValidationError(_("This file is broken or no PDF."))
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
        raise ValidationError(_("The PDF is locked. Save it without a password and without limits.")) from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise ValidationError(_("This file is broken or no PDF.")) from error
    return buffer.getvalue()


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and every stream of the file, also those inside another."""
    for indirect in pdf.objects:
        yield from _inside(indirect, 0)


def _inside(value: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise ValidationError(_("This file is broken or no PDF."))
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
        reason = SIGNED
    if reason is not None:
        raise ValidationError(str(reason))


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
