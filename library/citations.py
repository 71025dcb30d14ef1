"""Citations of documents: as a sentence, as RIS (the format of reference managers), as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.author_names import is_parted, parted
from library.models import LibraryDocument
from platform_site.texts.formatted import plain
from platform_site.texts.models import original_text
from platform_site.vocabulary.store import vocabulary

# Type of document to the types of RIS and of BibTeX; whatever is not named is a report.
RIS_TYPES = {
    "convention": "STAT",
    "eu_directive": "STAT",
    "national_law": "STAT",
    "case_law": "CASE",
    "handbook": "BOOK",
    "manual": "BOOK",
    "article": "MGZN",
    "newsletter": "MGZN",
    "audiovisual": "VIDEO",
    "campaign_material": "PAMP",
    "victim_information": "PAMP",
    "meeting_record": "CONF",
}
BIBTEX_TYPES = {
    "handbook": "book",
    "manual": "book",
    "report": "techreport",
    "research": "techreport",
    "monitoring_report": "techreport",
    "shadow_report": "techreport",
    "statistics": "techreport",
}
_SPECIAL = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)


# Types of documents that are a legal instrument themselves, the one that they name first.
LEGAL_TYPES = frozenset({"convention", "eu_directive"})


@dataclass(frozen=True)
class CitedPlace:
    """A page or section of a document's text: what it is called, and its address here."""

    label: str
    address: str


def authors_of(document: LibraryDocument) -> list[str]:
    """Return the authors one by one."""
    return [name for name in (part.strip() for part in document.authors.split(";")) if name]


def one_line(text: str) -> str:
    """Return a text without line ends and repeated blanks: RIS and BibTeX part their fields by them."""
    return " ".join(text.split())


def number_of(document: LibraryDocument) -> str:
    """Return the official number of a document that is a legal instrument (`CETS No. 197`), "" for others."""
    kind = document.type_entry.code if document.type_entry else ""
    rows = sorted(document.instruments.all(), key=lambda row: (row.sort_order, row.pk or 0))
    entry = rows[0].entry if rows and kind in LEGAL_TYPES else None
    return str(entry.attributes.get("citation", "")) if entry else ""


def as_text(document: LibraryDocument, page: str = "", place: CitedPlace | None = None) -> tuple[str, str, str]:
    """Return a citation as what stands before the title, the title, and what follows it.

    `page` is the address of the document's page here, cited where the document has none on the web; `place` is a part
    of its text. The day of access is the one on which the address was found to be right.
    """
    who = "; ".join(authors_of(document)) or document.issuer
    year = document.year or _("no date")
    before = f"{who} ({year}), " if who else ""
    issuer = document.issuer if authors_of(document) else ""
    # A title often ends in the year already.
    alone = "" if who or document.year in document.name else document.year
    after = [issuer, alone, number_of(document), place.label if place else "", _address(document, page, place)]
    return before, document.name, "".join(f", {part}" for part in after if part) + "."


def as_sentences(
    documents: Iterable[LibraryDocument], address_of: dict[int, str], place: CitedPlace | None = None
) -> str:
    """Return documents as sentences, one a line; `address_of` and `place` as for RIS."""
    cited = (as_text(document, address_of[document.pk], place) for document in documents)
    return "".join(f"{one_line(''.join(parts))}\n" for parts in cited)


def _address(document: LibraryDocument, page: str, place: CitedPlace | None) -> str:
    if place is not None:
        return place.address
    if document.address and document.checked_on:
        day = date_format(document.checked_on, "DATE_FORMAT")
        return _("%(address)s (accessed %(day)s)") % {"address": document.address, "day": day}
    return document.address or page


def as_ris(documents: Iterable[LibraryDocument], address_of: dict[int, str], place: CitedPlace | None = None) -> str:
    """Return documents as RIS records; `address_of` gives the address of each one's page here, by primary key.

    With `place` the record cites this part of the text.
    """
    return "".join(_ris_record(document, address_of[document.pk], place) for document in documents)


def _ris_record(document: LibraryDocument, page: str, place: CitedPlace | None) -> str:
    kind = document.type_entry.code if document.type_entry else ""
    original = original_text(document.texts.all())
    topics = vocabulary("topics")
    fields: list[tuple[str, str]] = [("TY", RIS_TYPES.get(kind, "RPRT"))]
    fields += [("AU", name) for name in map(parted, authors_of(document))] or [("AU", document.issuer)]
    fields += [("TI", document.name), ("PB", document.issuer), ("PY", document.year)]
    if document.date:
        year, month, day = (*document.date.split("-"), "", "")[:3]
        fields.append(("DA", f"{year}/{month}/{day}/"))
    fields += [("LA", code) for code in document.codes("languages")[:1]]
    fields += [("AB", plain(original.summary))] if original else []
    fields += [("KW", topics.label(code)) for code in document.codes("topics")]
    address = place.address if place else document.address or page
    fields += [("IS", number_of(document)), ("SE", place.label if place else ""), ("UR", address)]
    if document.checked_on and address == document.address:
        fields.append(("Y2", document.checked_on.strftime("%Y/%m/%d/")))
    fields += [("L2", page if page != address else ""), ("ID", document.slug)]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def as_bibtex(documents: Iterable[LibraryDocument], address_of: dict[int, str], place: CitedPlace | None = None) -> str:
    """Return documents as BibTeX entries in UTF-8; `address_of` and `place` as for RIS."""
    return "\n".join(_bibtex_entry(document, address_of[document.pk], place) for document in documents)


def _bibtex_entry(document: LibraryDocument, page: str, place: CitedPlace | None) -> str:
    kind = document.type_entry.code if document.type_entry else ""
    entry = BIBTEX_TYPES.get(kind, "misc")
    authors = authors_of(document)
    # A second pair of braces keeps capitals in titles, and a body's name in one piece.
    who = " and ".join(bibtex_author(name) for name in authors) or (
        f"{{{bibtex_text(document.issuer)}}}" if document.issuer else ""
    )
    publisher = {"book": "publisher", "techreport": "institution"}.get(entry, "howpublished")
    parts = document.date.split("-")
    fields = [
        ("title", f"{{{bibtex_text(document.name)}}}"),
        ("author", who),
        (publisher, bibtex_text(document.issuer)),
        ("year", document.year),
        ("month", str(int(parts[1])) if len(parts) > 1 else ""),
        ("language", vocabulary("languages").label(document.codes("languages")[0], "en").lower())
        if document.codes("languages")
        else ("language", ""),
        ("number", bibtex_text(number_of(document))),
        ("note", bibtex_text(place.label) if place else ""),
        ("url", bibtex_address(place.address if place else document.address or page)),
        (
            "urldate",
            document.checked_on.isoformat() if document.checked_on and document.address and not place else "",
        ),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    key = re.sub(r"[^A-Za-z0-9-]", "-", document.slug)
    return f"@{entry}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def bibtex_author(name: str) -> str:
    """Return a name for the authors of a BibTeX entry: a person's in its parts, any other in one piece."""
    name = parted(name)
    text = bibtex_text(name)
    # What has to be escaped is no part of a person's name, and would part it in the wrong place.
    return text if text == name and is_parted(name) else f"{{{text}}}"


def bibtex_text(text: str) -> str:
    """Return a text for a field of a BibTeX entry."""
    return one_line(text).translate(_SPECIAL)


def bibtex_address(text: str) -> str:
    """Return an address for a field in braces: what would end the field or start a comment is percent-coded."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace("%", r"\%")
