"""The words of a DOCX: fields that load or run, remarks and recorded changes are refused, names are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from platform_site.safety.documents_office import local, remove
from platform_site.safety.reasons import refusal

# Remarks, and changes that were recorded with a name and a day (ISO/IEC 29500-1, 17.13).
TRACKED = {
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "moveFromRangeStart",
    "moveToRangeStart",
    "cellIns",
    "cellDel",
    "cellMerge",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
    "numberingChange",
    "customXmlInsRangeStart",
    "customXmlDelRangeStart",
    "customXmlMoveFromRangeStart",
    "customXmlMoveToRangeStart",
    "conflictIns",
    "conflictDel",
    "comment",
    "commentReference",
}
LOADING_FIELDS = re.compile(
    r"(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DATABASE|MACROBUTTON|LINK|EMBED|CONTROL|PRINT|RD)\b",
    re.IGNORECASE,
)
# Fields whose result is a person's name, or a place on that person's disk.
PERSONAL_FIELDS = re.compile(
    r"(?:AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS)\b|FILENAME\b.*\\p"
    r"|(?:DOCPROPERTY|INFO)\s+\"?(?:Author|Manager|LastSavedBy|Company)\b",
    re.IGNORECASE | re.DOTALL,
)
STRIPPED_ATTRIBUTES = {"author", "date", "initials", "userId", "providerId", "gfxdata"}
# Of the settings: what the looks of the text depend on. Others hold variables, letters to many, keys and templates.
SETTINGS = {
    "autoHyphenation",
    "bookFoldPrinting",
    "characterSpacingControl",
    "clrSchemeMapping",
    "compat",
    "consecutiveHyphenLimit",
    "decimalSymbol",
    "defaultTabStop",
    "displayBackgroundShape",
    "doNotHyphenateCaps",
    "endnotePr",
    "evenAndOddHeaders",
    "footnotePr",
    "gutterAtTop",
    "hyphenationZone",
    "listSeparator",
    "mirrorMargins",
    "themeFontLang",
}
# Fields inside fields; a table of contents with links to numbered places has four.
DEEPEST_FIELDS = 20
VML = "{urn:schemas-microsoft-com:vml}"


@dataclass
class Field:
    """A field while its runs are read: what it is to do, whether its result has begun."""

    instruction: str = ""
    in_result: bool = False


def check_words(root: Any) -> None:
    """Raise ValidationError for what the words of a document must not hold."""
    for entry in root.iter():
        name = local(entry.tag)
        if _is_word(entry) and name in TRACKED:
            raise refusal("office_tracked")
        if _is_word(entry) and name == "altChunk":
            raise refusal("office_active")
        if str(entry.tag).startswith(VML) and ":" in entry.get("src", ""):
            raise refusal("office_loads")
        if _is_word(entry) and LOADING_FIELDS.match(_instruction(entry).strip()):
            raise refusal("office_loads")
    for _entry, fields in _with_fields(root):
        if any(LOADING_FIELDS.match(field.instruction.strip()) for field in fields):
            raise refusal("office_loads")


def strip_words(root: Any) -> None:
    """Take out of a part what says who wrote it, when and where."""
    if local(root.tag) == "settings":
        for setting in list(root):
            if local(setting.tag) not in SETTINGS:
                remove(setting)
    for entry, fields in _with_fields(root):
        if local(entry.tag) == "t" and any(
            field.in_result and PERSONAL_FIELDS.match(field.instruction.strip()) for field in fields
        ):
            entry.text = ""
    for entry in root.iter():
        if _is_word(entry) and PERSONAL_FIELDS.match(_instruction(entry).strip()):
            for words in entry.iter("{*}t"):
                words.text = ""
        _strip_attributes(entry)


def _strip_attributes(entry: Any) -> None:
    for key in entry.attrib:
        if local(key) in STRIPPED_ATTRIBUTES or local(key).startswith("rsid"):
            del entry.attrib[key]
    # The name of the picture's file, at times with its folder.
    if local(entry.tag) == "cNvPr" and "name" in entry.attrib:
        entry.set("name", "")
        if "\\" in entry.get("descr", ""):
            del entry.attrib["descr"]


def _is_word(entry: Any) -> bool:
    return "word" in str(entry.tag).rpartition("}")[0]


def _instruction(entry: Any) -> str:
    """Return what a field in one element is to do, "" for any other element."""
    return next((str(value) for key, value in entry.attrib.items() if local(key) == "instr"), "")


def _with_fields(root: Any) -> Iterator[tuple[Any, list[Field]]]:
    """Yield each element with the fields that it stands in, the outermost first; their words may lie in many runs.

    Raises ValidationError for a field whose kind is itself computed: what it would do cannot be known.
    """
    fields: list[Field] = []
    for entry in root.iter():
        name = local(entry.tag)
        if name == "instrText" and fields:
            fields[-1].instruction += entry.text or ""
        elif name == "instrText" and LOADING_FIELDS.match((entry.text or "").strip()):
            raise refusal("office_loads")
        elif name == "fldChar":
            kind = next((value for key, value in entry.attrib.items() if local(key) == "fldCharType"), "")
            if kind == "begin":
                if fields and not fields[-1].in_result and not fields[-1].instruction.strip():
                    raise refusal("office_loads")
                if len(fields) == DEEPEST_FIELDS:
                    raise refusal("broken_office")
                fields.append(Field())
            elif kind == "separate" and fields:
                fields[-1].in_result = True
            elif kind == "end" and fields:
                yield entry, fields
                fields.pop()
        yield entry, fields
