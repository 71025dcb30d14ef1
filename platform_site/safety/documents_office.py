"""DOCX and ODT: packages of XML. Macros, other files and loading from elsewhere are refused, names are taken out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.files.base import ContentFile

from platform_site.safety.pictures import clean_picture
from platform_site.safety.reasons import refusal

MOST_PARTS = 5_000
# Bytes of all parts unpacked; a few kilobytes can be packed to look harmless and fill the memory.
MOST_BYTES = 200 * 1024 * 1024

DOCX_ACTIVE = re.compile(r"vbaproject|vbadata|/activex/|/embeddings/|/ctrlprops/|\.bin$|\.exe$|/afchunk", re.IGNORECASE)
DOCX_TRACKED = {"ins", "del", "moveFrom", "moveTo", "comment", "rPrChange", "pPrChange"}
DOCX_FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|DATABASE|MACROBUTTON|LINK)\b", re.IGNORECASE)
ODT_ACTIVE = re.compile(r"^(?:Basic|Scripts|Object \d+$)|\.bin$|\.jar$", re.IGNORECASE)
ODT_LOADS = {
    "section-source",
    "dde-source",
    "dde-connection-decl",
    "table-source",
    "plugin",
    "applet",
    "floating-frame",
}
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
WORD_NAME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
PEOPLE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w15:people '
    b'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
)
META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
# What programs write about the document and its people; an empty part in the place of each keeps the package whole.
EMPTIED = {
    "docProps/core.xml": CORE,
    "docProps/app.xml": APP,
    "docProps/custom.xml": CUSTOM,
    "word/people.xml": PEOPLE,
    "meta.xml": META,
}
# Left out: small pictures of the first page, data of other systems, the writer's own menus and keys.
DROPPED = re.compile(r"^(?:docProps/thumbnail\.|Thumbnails/|layout-cache$|customXml/|Configurations2/)", re.IGNORECASE)


def clean_docx(data: bytes) -> bytes:
    """Return a DOCX without what says who wrote it. Raises ValidationError for what `_check_docx` refuses."""
    return _clean(data, check=_check_docx, needed=("[Content_Types].xml", "word/document.xml"))


def clean_odt(data: bytes) -> bytes:
    """Return an ODT without what says who wrote it. Raises ValidationError for what `_check_odt` refuses."""
    return _clean(data, check=_check_odt, needed=("mimetype", "content.xml", "META-INF/manifest.xml"))


def _clean(data: bytes, *, check: Callable[[str, Element], None], needed: tuple[str, ...]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = dict(_parts(package))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise refusal("broken_office") from error
    except RuntimeError as error:  # what Python says of a part with a password
        raise refusal("office_locked") from error
    if not all(name in parts for name in needed):
        raise refusal("broken_office")
    return _packed({name: _cleaned(name, content, check) for name, content in parts.items()})


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each part, as long as they are few, small and named as parts are."""
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    too_much = len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES
    if too_much or len(set(names)) != len(names):
        raise refusal("broken_office")
    for entry in entries:
        if entry.filename.startswith("/") or "\\" in entry.filename or ".." in entry.filename.split("/"):
            raise refusal("broken_office")
        if not entry.is_dir():
            yield entry.filename, package.read(entry)


def _cleaned(name: str, content: bytes, check: Callable[[str, Element], None]) -> bytes | None:
    """Return a part as it is kept, None for one that is left out. Raises ValidationError."""
    if name in EMPTIED:
        return EMPTIED[name]
    if DROPPED.match(name):
        return None
    if name.lower().endswith(PICTURES):
        return _picture(name, content)
    root = Element("none")
    if name.endswith((".xml", ".rels", ".rdf")):
        try:
            root = fromstring(content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise refusal("broken_office") from error
    check(name, root)
    return content


def _picture(name: str, content: bytes) -> bytes:
    cleaned: bytes = clean_picture(ContentFile(content, name=name)).read()
    return cleaned


def _packed(parts: dict[str, bytes | None]) -> bytes:
    """Return the package; the mark of an ODT comes first and unpacked, as readers want it. No part has a day."""
    left_out = [name for name, content in parts.items() if content is None]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda part: part != "mimetype"):
            content = parts[name]
            if content is not None:
                packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                package.writestr(zipfile.ZipInfo(name), _without_mentions(name, content, left_out), packing)
    return buffer.getvalue()


def _without_mentions(name: str, content: bytes, left_out: list[str]) -> bytes:
    """Return a list of parts (manifest, relations, types) without the lines about those that were left out."""
    if not left_out or not (name.endswith(".rels") or name in {"[Content_Types].xml", "META-INF/manifest.xml"}):
        return content
    text = content.decode("utf-8-sig")
    for part in left_out:
        ending = re.escape(part)
        text = re.sub(rf'<[\w:.-]+ [^<>]*(?:Target|PartName|full-path)="(?:\.\./|/)*{ending}"[^<>]*/>', "", text)
    return text.encode()


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _check_docx(name: str, root: Element) -> None:
    """Raise ValidationError for a part of a DOCX that is not kept."""
    if DOCX_ACTIVE.search(f"/{name}"):
        raise refusal("office_active")
    if name == "[Content_Types].xml" and any(
        "macroenabled" in str(value).lower() for entry in root.iter() for value in entry.attrib.values()
    ):
        raise refusal("office_active")
    for entry in root.iter():
        local = _local(entry.tag)
        is_word = str(entry.tag).startswith(WORD_NAME)
        if is_word and local in DOCX_TRACKED:
            raise refusal("office_tracked")
        is_outside = local == "Relationship" and entry.get("TargetMode") == "External"
        if is_outside and not entry.get("Type", "").endswith("/hyperlink"):
            raise refusal("office_loads")
        instruction = entry.text or "" if local == "instrText" else entry.get(f"{WORD_NAME}instr", "")
        if is_word and DOCX_FIELDS.match(instruction.strip()):
            raise refusal("office_loads")


def _check_odt(name: str, root: Element) -> None:
    """Raise ValidationError for a part of an ODT that is not kept."""
    if ODT_ACTIVE.search(name):
        raise refusal("office_active")
    for entry in root.iter():
        local = _local(entry.tag)
        if local == "encryption-data":
            raise refusal("office_locked")
        if local in {"event-listener", "script"} or (local == "scripts" and len(entry)):
            raise refusal("office_active")
        if local in {"annotation", "tracked-changes"}:
            raise refusal("office_tracked")
        href = entry.get("{http://www.w3.org/1999/xlink}href", "")
        # A link that a person follows may lead anywhere; all else has to be in the package.
        if local in ODT_LOADS or (local != "a" and (":" in href or href.startswith("//"))):
            raise refusal("office_loads")
