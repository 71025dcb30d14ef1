"""A document as lists show it. Kept as long as it and its files stay the same, since many lists show the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from library.excerpts import Excerpt
from library.filters import BY_NAME, FILE, LIBRARY, NO_FILE, TEXT, year_step
from library.models import DocumentInstrument, LibraryDocument
from library.pillars import pillars_of
from library.wording import FileLine, facts_line, file_lines, teaser
from platform_site.listing.kept import Kept, KeptRecords
from platform_site.records.models.parts import fetch_terms
from platform_site.texts.languages import other_language
from platform_site.texts.sorting import sort_text
from platform_site.texts.words import terms_of
from platform_site.vocabulary.store import Entry

SHOWN_COUNTRIES = 6
ROW = "library/document_row.html"


@dataclass(frozen=True)
class DocumentRow:
    """A document as a row of a list; languages are given where they are not the reader's.

    `place` is where its text has the words of the search, `articles` whose subject has them; `query` keeps these words
    in the addresses of the row.
    """

    href: str
    title: str
    title_language: str
    year: str
    facts_line: str
    teaser: str
    teaser_language: str
    files: list[FileLine]
    countries: list[Entry]
    reasons: list[str]
    audience: str
    place: Excerpt | None = None
    query: str = ""
    articles: Sequence[DocumentInstrument] = ()


def document_row(
    document: LibraryDocument, reasons: Sequence[str] = (), *, place: Excerpt | None = None, query: str = ""
) -> DocumentRow:
    """Return a document as a row, from what `for_list` fetched, and the first place that has the words of `query`."""
    words, language = teaser(document)
    is_readable = any(row.stored.can_be_read for row in document.files.all())
    return DocumentRow(
        href=document.get_absolute_url(),
        title=document.title,
        title_language=other_language(document.title_language),
        year=document.year,
        facts_line=facts_line(document),
        teaser=words,
        teaser_language=language,
        files=file_lines(document),
        countries=document.entries("countries")[:SHOWN_COUNTRIES],
        reasons=list(reasons),
        audience=document.audience,
        place=place,
        query=f"?{urlencode({'q': query})}" if query and is_readable else "",
        articles=articles_about(document, query),
    )


def articles_about(document: LibraryDocument, query: str) -> list[DocumentInstrument]:
    """Return the articles of a document whose subject has all words of `query`."""
    terms = terms_of(query)
    rows = [row for row in document.instruments.all() if row.subject and row.entry]
    return [row for row in rows if terms and all(term in sort_text(row.subject) for term in terms)]


def codes_of(document: LibraryDocument, name: str) -> Sequence[str]:
    """Return the values of a document for the facet `name`, from what `for_list` fetched."""
    lists = {"topic": "topics", "country": "countries", "body": "monitoring_bodies"}
    if name in lists:
        return document.codes(lists[name])
    if name == "language":
        return [*document.codes("languages"), *(row.language for row in document.files.all())]
    if name == "type":
        return [document.type_entry.code] if document.type_entry else []
    if name == "pillar":
        kind = document.type_entry.code if document.type_entry else ""
        return pillars_of(kind, document.codes("topics"))
    if name == "level":
        return [document.level_entry.code] if document.level_entry else []
    if name == "instrument":
        return [row.entry.code for row in document.instruments.all() if row.entry]
    if name == "year":
        return sorted(year_step(document.date[:4]))
    if name == "text":
        kept = [TEXT if row.stored.parts else FILE for row in document.files.all()]
        return kept or [NO_FILE]
    return {"status": [document.status], "tool": [document.tool]}[name]


@dataclass(frozen=True)
class ListedDocument:
    """A document in a list, for one language and one kind of reader: its row, and its values for each facet."""

    pk: int
    row: DocumentRow
    held: Mapping[str, Sequence[str]]


_listed = KeptRecords(LIBRARY)
_drawn = Kept(LIBRARY.ground)


def listed_documents(pks: Iterable[int], user: Any) -> dict[int, ListedDocument]:
    """Return the documents with these primary keys that `user` may read, as lists show them."""

    def make(missing: Sequence[int]) -> Iterator[tuple[int, ListedDocument]]:
        found = list(LibraryDocument.objects.visible_to(user).for_rows().filter(pk__in=missing))
        fetch_terms(found)
        for document in found:
            held = {name: tuple(codes_of(document, name)) for name in BY_NAME}
            yield document.pk, ListedDocument(document.pk, document_row(document), held)

    return _listed.of(pks, user, make)


def drawn(listed: ListedDocument, reasons: Sequence[str], user: Any) -> SafeString:
    """Return the row of a document, with why it is in the list, as HTML, drawn once as long as nothing changes."""
    key = (listed.pk, LIBRARY.stamp(listed.pk), tuple(reasons))
    html: SafeString = _drawn.value(user, key, lambda: draw(replace(listed.row, reasons=list(reasons))))
    return html


def draw(row: DocumentRow) -> SafeString:
    """Return a row as HTML."""
    return render_to_string(ROW, {"row": row})
