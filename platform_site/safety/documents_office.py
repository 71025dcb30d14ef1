"""What DOCX and ODT have in common: packages of XML, read within bounds and written anew from what is kept."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from lxml import etree

from platform_site.safety.pictures import clean_picture
from platform_site.safety.reasons import refusal

MOST_PARTS = 5_000
# Bytes of all parts unpacked; a few kilobytes can be packed to look harmless and fill the memory.
MOST_BYTES = 200 * 1024 * 1024
PICTURE_TYPES = {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg", b"RI": "image/webp"}


def read_package(data: bytes, *, needed: Collection[str]) -> dict[str, bytes]:
    """Return the parts by name. Raises ValidationError for what is broken, locked, too large, or lacks a needed one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise refusal("broken_office") from error
    except RuntimeError as error:  # what Python says of a part with a password
        raise refusal("office_locked") from error
    if not all(name in parts for name in needed):
        raise refusal("broken_office")
    return parts


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    too_much = len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES
    if too_much or len(set(names)) != len(names):
        raise refusal("broken_office")
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise refusal("broken_office")
    return {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}


def parsed(content: bytes) -> Any:
    """Return the root element, without remarks to programmers. Raises ValidationError.

    Entities are refused, and so is what is nested deeper than 255 (the parser's own bound, far above any writer's).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        beyond = {etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.ERR_RESOURCE_LIMIT}
        raise refusal("too_much" if error.code in beyond else "broken_office") from error
    except (ValueError, LookupError) as error:
        raise refusal("broken_office") from error
    if root.getroottree().docinfo.doctype:
        raise refusal("broken_office")
    return root


def written(root: Any) -> bytes:
    """Return the part with this root."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(tag: Any) -> str:
    """Return the name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def redrawn(content: bytes) -> tuple[bytes, str]:
    """Return a picture drawn anew, and its type. Raises ValidationError for a kind that cannot be drawn."""
    try:
        picture: bytes = clean_picture(ContentFile(content)).read()
    except ValidationError as error:
        raise refusal("office_part") from error
    return picture, PICTURE_TYPES[picture[:2]]


def remove(element: Any) -> None:
    """Take an element out of its parent; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def packed(parts: Mapping[str, bytes], *, plain: str = "") -> bytes:
    """Return the package, in the order given; the part `plain` is not compressed. No part has a day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            packing = zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), content, packing)
    return buffer.getvalue()
