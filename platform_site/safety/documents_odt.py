"""ODT: text, styles and redrawn pictures are kept, nothing else; what runs or loads from elsewhere is refused."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from platform_site.safety.documents_office import local, packed, parsed, read_package, redrawn, remove, written
from platform_site.safety.reasons import refusal

MIMETYPE, CONTENT, STYLES, MANIFEST = "mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"
TYPE = "application/vnd.oasis.opendocument.text"
HREF = "{http://www.w3.org/1999/xlink}href"
ACTIVE = re.compile(r"^(?:Basic|Scripts|Object \d+$)|\.bin$|\.jar$", re.IGNORECASE)
LOADS = {
    "section-source",
    "dde-source",
    "dde-connection-decl",
    "table-source",
    "plugin",
    "applet",
    "floating-frame",
}
# Fields that show who wrote or printed the document, and the sender's address out of the program's settings.
PERSONAL = re.compile(r"\A(?:author-name|author-initials|initial-creator|creator|printed-by|sender-.*)\Z")
# Numbers of the sessions in which a stretch was typed.
STRIPPED_ATTRIBUTES = {"rsid", "paragraph-rsid"}


def clean_odt(data: bytes) -> bytes:
    """Return an ODT without what says who wrote it.

    Raises ValidationError for what is broken or locked, runs, loads something, holds remarks or recorded changes, or
    shows an object or a picture of a kind that cannot be drawn anew.
    """
    parts = read_package(data, needed=(MIMETYPE, CONTENT, MANIFEST))
    if any(ACTIVE.search(name) for name in parts):
        raise refusal("office_active")
    _check(parsed(parts[MANIFEST]))
    kept = {MIMETYPE: TYPE.encode()}
    types = {"/": TYPE}
    for name in (CONTENT, STYLES):
        if name in parts:
            root = parsed(parts[name])
            _check(root)
            _strip(root)
            for picture in _pictures(root, parts):
                kept[picture], types[picture] = redrawn(parts[picture])
            kept[name], types[name] = written(root), "text/xml"
    kept[MANIFEST] = _manifest(types)
    return packed(kept, plain=MIMETYPE)


def _check(root: Any) -> None:
    """Raise ValidationError for what a document must not hold."""
    for entry in root.iter():
        name = local(entry.tag)
        if name == "encryption-data":
            raise refusal("office_locked")
        if name in {"event-listener", "script"} or (name == "scripts" and len(entry)):
            raise refusal("office_active")
        if name in {"annotation", "tracked-changes"}:
            raise refusal("office_tracked")
        href = entry.get(HREF, "")
        # A link that a person follows may lead anywhere; all else has to be in the package.
        if name in LOADS or (name != "a" and (":" in href or href.startswith("//"))):
            raise refusal("office_loads")
        if name == "binary-data":
            raise refusal("office_part")


def _strip(root: Any) -> None:
    for entry in list(root.iter()):
        name = local(entry.tag)
        if name == "font-face-src":
            remove(entry)
            continue
        if PERSONAL.match(name):
            entry.text = None
            del entry[:]
        for key in entry.attrib:
            if local(key) in STRIPPED_ATTRIBUTES:
                del entry.attrib[key]


def _pictures(root: Any, parts: dict[str, bytes]) -> list[str]:
    """Return the names of the pictures that are shown. Raises ValidationError for what else is shown from inside."""
    found = []
    for entry in root.iter():
        href = entry.get(HREF, "").removeprefix("./")
        if local(entry.tag) == "a" or not href or href.startswith("#"):
            continue
        if not href.startswith("Pictures/") or href not in parts:
            raise refusal("office_part")
        found.append(href)
    return found


def _manifest(types: dict[str, str]) -> bytes:
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>"
        for name, kind in types.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3" '
        f'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>'
    ).encode()
