"""Citing a guide, a chapter or a section of it: as a sentence, as RIS, as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from library.author_names import parted
from library.citations import bibtex_address, bibtex_author, bibtex_text, one_line

# Quotation marks of the languages of the site, German ones included, which close as English ones open.
OPENING, CLOSING = ("“", "„", "«", "‹", '"'), ("”", "“", "»", "›", '"')


@dataclass(frozen=True)
class Citation:
    """What a citation names; `part` is the chapter (with its section), empty for the guide as a whole."""

    authors: tuple[str, ...]
    organisation: str
    year: str
    title: str
    part: str
    number: str
    language: str
    address: str
    key: str

    @property
    def quoted_part(self) -> str:
        """The part between the quotation marks of the language of the text; what is a quotation already gets none."""
        if self.part.startswith(OPENING) and self.part.endswith(CLOSING):
            return self.part
        with translation.override(self.language):
            return _("“%(part)s”") % {"part": self.part} if self.part else ""

    @property
    def before(self) -> str:
        """What stands before the title."""
        who = "; ".join(self.authors) or self.organisation
        year = self.year or _("no date")
        return f"{who} ({year}), " if who else ""

    @property
    def after(self) -> str:
        """What stands behind the title."""
        organisation = self.organisation if self.authors else ""
        return "".join(f", {part}" for part in (organisation, self.address) if part) + "."


def joined(title: str, subtitle: str, language: str) -> str:
    """Return a title with its subtitle, parted as their language does it: French has a space before the colon."""
    with translation.override(language):
        return _("%(title)s: %(subtitle)s") % {"title": title, "subtitle": subtitle}


def citation_of(guide: Any, chapter: Any | None, address: str, section: str = "") -> Citation:
    """Return the citation of `guide`, of its `chapter`, or of the `section` (an anchor) of the chapter.

    Raises KeyError for an anchor that the chapter does not have. `address` is that of the guide's or chapter's page.
    """
    part, number, shown = "", "", guide
    if chapter is not None:
        part, number, shown = chapter.title, chapter.number, chapter
        if section:
            headings = {anchor: block.value["text"] for block, anchor in chapter.parts() if anchor}
            part = joined(part, headings[section], shown.text_language)
            address = f"{address}#{section}"
    year = guide.year or (str(localdate(shown.last_published_at).year) if shown.last_published_at else "")
    slugs = [guide.slug, chapter.slug if chapter is not None else "", section]
    return Citation(
        authors=tuple(guide.author_names()),
        organisation=guide.author_organisation,
        year=year,
        title=joined(guide.title, guide.subtitle, guide.text_language) if guide.subtitle else guide.title,
        part=part,
        number=number,
        language=shown.text_language,
        address=address,
        key="-".join(slug for slug in slugs if slug),
    )


def as_text(citation: Citation) -> str:
    """Return the citation as one sentence."""
    title = f"{citation.quoted_part}, {citation.title}" if citation.part else citation.title
    return one_line(f"{citation.before}{title}{citation.after}") + "\n"


def as_ris(citation: Citation) -> str:
    """Return the citation as a RIS record."""
    fields = [("TY", "CHAP" if citation.part else "BOOK")]
    fields += [("AU", name) for name in map(parted, citation.authors)] or [("AU", citation.organisation)]
    fields += (
        [("TI", citation.part), ("T2", citation.title), ("SE", citation.number)]
        if citation.part
        else [("TI", citation.title)]
    )
    fields += [("PB", citation.organisation), ("PY", citation.year), ("LA", citation.language)]
    fields += [("UR", citation.address), ("ID", citation.key)]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def as_bibtex(citation: Citation) -> str:
    """Return the citation as a BibTeX entry in UTF-8."""
    who = " and ".join(bibtex_author(name) for name in citation.authors)
    if not who and citation.organisation:
        who = f"{{{bibtex_text(citation.organisation)}}}"
    fields = [
        # A second pair of braces keeps capitals in titles.
        ("title", f"{{{bibtex_text(citation.part or citation.title)}}}"),
        ("booktitle", f"{{{bibtex_text(citation.title)}}}" if citation.part else ""),
        ("author", who),
        ("chapter", bibtex_text(citation.number)),
        ("publisher", bibtex_text(citation.organisation)),
        ("year", citation.year),
        ("url", bibtex_address(citation.address)),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    kind = "incollection" if citation.part else "book"
    key = re.sub(r"[^A-Za-z0-9-]", "-", citation.key)
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


# Ending of the file to its type and writer.
FORMATS = {
    "ris": ("application/x-research-info-systems; charset=utf-8", as_ris),
    "bib": ("application/x-bibtex; charset=utf-8", as_bibtex),
    "txt": ("text/plain; charset=utf-8", as_text),
}
