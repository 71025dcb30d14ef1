"""DOCX: the parts that a text with pictures needs are kept, nothing else; what runs or loads is refused.

Parts are known by the relation that leads to them and by their root element, never by their name alone.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any
from xml.sax.saxutils import quoteattr

from django.core.exceptions import ValidationError

from platform_site.safety.documents_office import local, packed, parsed, read_package, redrawn, remove, written
from platform_site.safety.docx_words import check_words, strip_words
from platform_site.safety.reasons import refusal

TYPES, MAIN = "[Content_Types].xml", "word/document.xml"
ACTIVE = re.compile(r"vbaproject|vbadata|/activex/|/embeddings/|/ctrlprops/|\.bin$|\.exe$|/afchunk", re.IGNORECASE)
ACTIVE_RELATIONS = {
    "afchunk",
    "attachedtoolbars",
    "control",
    "keymapcustomizations",
    "oleobject",
    "package",
    "vbaproject",
    "wordvbadata",
}
# What is kept: by the last word of the relation's type, the root element that the part has to have.
KEPT = {
    "styles": "styles",
    "numbering": "numbering",
    "fontTable": "fonts",
    "settings": "settings",
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "theme": "theme",
}
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REFERENCES = (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
# Left out unread: notes about the document, data of other systems.
UNREAD = ("docProps/", "customXml/")


def clean_docx(data: bytes) -> bytes:
    """Return a DOCX without what says who wrote it.

    Raises ValidationError for what is broken or locked, runs, holds or loads another file, holds remarks or recorded
    changes, or shows a chart or a picture of a kind that cannot be drawn anew.
    """
    parts = read_package(data, needed=(TYPES, MAIN))
    if any(ACTIVE.search(f"/{name}") for name in parts):
        raise refusal("office_active")
    roots = {
        name: parsed(content)
        for name, content in parts.items()
        if name.endswith((".xml", ".rels")) and not name.startswith(UNREAD)
    }
    for name, root in roots.items():
        _check(name, root)
    kept: dict[str, bytes] = {}
    types: dict[str, str] = {}
    _keep(MAIN, "document", parts, roots, kept, types)
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{MAIN}"/>'
    return packed({TYPES: _types(types), "_rels/.rels": _relations(main), **kept})


def _check(name: str, root: Any) -> None:
    """Raise ValidationError for a part that a document must not have, also if nothing leads to it."""
    if name == TYPES and any(
        "macroenabled" in str(value).lower() for entry in root.iter() for value in entry.attrib.values()
    ):
        raise refusal("office_active")
    for entry in root.iter():
        if local(entry.tag) != "Relationship":
            continue
        kind = _kind(entry)
        if kind.lower() in ACTIVE_RELATIONS:
            raise refusal("office_active")
        if entry.get("TargetMode") == "External" and kind != "hyperlink":
            raise refusal("office_loads")
    check_words(root)


def _kind(relation: Any) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def _keep(
    name: str, kind: str, parts: dict[str, bytes], roots: dict[str, Any], kept: dict[str, bytes], types: dict[str, str]
) -> None:
    """Put a part, its relations and what they lead to into `kept` and `types`. Raises ValidationError."""
    root = roots[name]
    kept[name] = b""
    types[name] = THEME_TYPE if kind == "theme" else WORD_TYPE.format("document.main" if kind == "document" else kind)
    folder, file = posixpath.split(name)
    lists = f"{folder}/_rels/{file}.rels"
    relations, known = "", set()
    for relation in roots.get(lists, ()):
        target = _followed(relation, folder, parts, roots, kept, types)
        if target is not None:
            known.add(relation.get("Id"))
            outside = ' TargetMode="External"' if relation.get("TargetMode") == "External" else ""
            relations += (
                f"<Relationship Id={quoteattr(relation.get('Id', ''))} Type={quoteattr(relation.get('Type', ''))} "
                f"Target={quoteattr(target)}{outside}/>"
            )
    strip_words(root)
    _without_lost(root, known)
    kept[name] = written(root)
    if relations:
        kept[lists] = _relations(relations)


def _followed(
    relation: Any,
    folder: str,
    parts: dict[str, bytes],
    roots: dict[str, Any],
    kept: dict[str, bytes],
    types: dict[str, str],
) -> str | None:
    """Return the target of a relation that stays, after its part was kept; None for one that is left out."""
    kind, target = _kind(relation), str(relation.get("Target", ""))
    if kind == "hyperlink":
        return target
    name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    if name in kept:
        return f"/{name}"
    if kind == "image" and name in parts:
        try:
            kept[name], types[name] = redrawn(parts[name])
        except ValidationError:
            # Refused where it is shown (`_without_lost`), unless it is the twin of one that can be drawn.
            return None
        return f"/{name}"
    if kind in KEPT and name in roots and local(roots[name].tag) == KEPT[kind]:
        _keep(name, kind, parts, roots, kept, types)
        return f"/{name}"
    return None


def _without_lost(root: Any, known: set[Any]) -> None:
    """Take out references to parts that are left out. Raises ValidationError where a reader would see the gap."""
    for entry in list(root.iter()):
        lost = [
            key
            for key, value in entry.attrib.items()
            if str(key).startswith(tuple(f"{{{space}}}" for space in REFERENCES)) and value and value not in known
        ]
        if not lost:
            continue
        # The same picture in another kind, effects, fonts and printers: the text shows without them.
        extension = next((above for above in entry.iterancestors() if local(above.tag) == "ext"), None)
        if extension is not None:
            if extension.getparent() is not None:
                remove(extension)
        elif local(entry.tag).startswith("embed") or local(entry.tag) == "printerSettings":
            remove(entry)
        else:
            raise refusal("office_part")


def _relations(entries: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'.encode()


def _types(types: dict[str, str]) -> bytes:
    entries = "".join(
        f"<Override PartName={quoteattr(f'/{name}')} ContentType={quoteattr(kind)}/>" for name, kind in types.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types '
        'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>{entries}</Types>'
    ).encode()
