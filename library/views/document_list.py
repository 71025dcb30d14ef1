"""The list of documents: as a page, CSV, JSON, RIS and BibTeX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from library.citations import as_bibtex, as_ris
from library.excerpts import Excerpt, first_places
from library.filters import FILE, LIBRARY, NO_FILE, TEXT, year_step
from library.models import DocumentInstrument, LibraryDocument
from library.pillars import NOTES, PILLARS, pillars_of
from library.wording import FileLine, facts_line, file_lines, teaser
from platform_site.listing.declared import Results
from platform_site.listing.presentation import Page
from platform_site.listing.state import ListState
from platform_site.listing.views import Found, ListView, RowGroup
from platform_site.texts.formatted import plain
from platform_site.texts.languages import other_language
from platform_site.texts.sorting import sort_text
from platform_site.texts.words import terms_of
from platform_site.vocabulary.store import Entry

SHOWN_COUNTRIES = 6
# A file of citations is made in memory; nobody cites more at once.
MOST_CITATIONS = 500
CITATIONS = {
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
}


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


def page_addresses(request: HttpRequest, documents: Sequence[LibraryDocument]) -> dict[int, str]:
    """Return the full address of each document's page, by primary key."""
    return {document.pk: request.build_absolute_uri(document.get_absolute_url()) for document in documents}


class DocumentList(ListView):
    """The list of library documents."""

    listing = LIBRARY
    template_name = "library/document_list.html"
    file_name = "library"
    order_reasons: ClassVar[Mapping[str, Any]] = {
        "": gettext_lazy("What was published last comes first; without a date at the end."),
        "name": gettext_lazy("In the order of their titles."),
        "added": gettext_lazy("What came into the library last comes first."),
    }
    open_facets = ("type", "topic", "language")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Return the list; with `format=ris` or `format=bib` the citations of what fits."""
        wanted = request.GET.get("format", "").strip()
        if wanted in CITATIONS:
            results = self.listing.results(self.state(request.GET), request.user)
            return self.as_citations(results, wanted)
        return super().get(request)

    def as_citations(self, results: Results, wanted: str) -> HttpResponse:
        """Return the citations of the first results as a file."""
        documents = [found.record for found in self.found(results, results.pks[:MOST_CITATIONS])]
        _label, media_type, write = CITATIONS[wanted]
        response = HttpResponse(write(documents, page_addresses(self.request, documents)), content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{self.file_name}.{wanted}"'
        return response

    def records(self, user: Any) -> Any:
        """Return the documents with what a row shows."""
        return LibraryDocument.objects.visible_to(user).for_list()

    def count_words(self, total: int) -> str:
        """Return the number of documents."""
        return ngettext("%(number)d document", "%(number)d documents", total) % {"number": total}

    def row_groups(self, found: Iterable[Found], results: Results, page: Page) -> Iterator[RowGroup]:
        """Yield the rows of a page; where words are looked for, each with its first place."""
        found = list(found)
        self.places = first_places((one.record for one in found), results.state.words)
        return super().row_groups(found, results, page)

    def row(self, found: Found, results: Results, user: Any) -> DocumentRow:
        """Return what the template draws."""
        place = self.places.get(found.record.pk)
        return document_row(found.record, self.matches(found, results), place=place, query=results.state.words)

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return for each chosen facet what of the document fits it."""
        return self.fitting({name: self._codes(found.record, name) for name in results.state.chosen}, results)

    def _codes(self, document: LibraryDocument, name: str) -> Sequence[str]:
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

    def data(self, found: Found, results: Results, user: Any) -> dict[str, Any]:
        """Return one document for JSON."""
        document: LibraryDocument = found.record
        entry = document.type_entry
        return {
            **super().data(found, results, user),
            "type": entry.code if entry else "",
            "date": document.date,
            "issuer": document.issuer,
            "countries": document.codes("countries"),
            "files": [
                {"language": line.language, "url": line.href, "read": line.read_href or None}
                for line in file_lines(document)
            ],
        }

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns of the file."""
        return [
            _("Title"), _("Type"), _("Level"), _("Issuing body"), _("Authors"), _("Date"), _("Status"), _("Countries"),
            _("Topics"), _("Languages"), _("Summary"), _("Address on the web"), _("Address"),
        ]  # fmt: skip

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the cells of one document."""
        document: LibraryDocument = found.record
        text = document.text()
        labels = {
            name: "; ".join(entry.label() for entry in document.entries(name))
            for name in ("countries", "topics", "languages")
        }
        return [
            document.title,
            document.type_entry.label() if document.type_entry else "",
            document.level_entry.label() if document.level_entry else "",
            document.issuer,
            document.authors,
            document.date,
            document.get_status_display(),
            labels["countries"],
            labels["topics"],
            labels["languages"],
            plain(text.summary) if text else "",
            document.address,
            self.request.build_absolute_uri(document.get_absolute_url()),
        ]

    def order_reason(self, state: ListState) -> str:
        """Say in which order the documents stand: they have titles where other records have names."""
        if state.words and not state.sort:
            return _("Titles that begin with your words first, then titles that have them, then texts.")
        return super().order_reason(state)

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the breadcrumb, the three pillars with their counts, and the files of citations."""
        counts = self.listing.counts(self.request.user).get("pillar", {})
        state = results.state
        downloads = [
            {"label": label, "href": state.address(extra={**state.extra, "format": (name,)})}
            for name, label in (("csv", "CSV"), ("json", "JSON"), *((key, CITATIONS[key][0]) for key in CITATIONS))
        ]
        return {
            "breadcrumbs": [(_("Library"), None)],
            "pillars": [
                {"href": f"?pillar={code}", "label": label, "note": NOTES[code], "count": counts.get(code, 0)}
                for code, label in PILLARS.items()
            ],
            "shows_pillars": not (state.chosen or state.words) and page.number == 1,
            "words_label": _("Words of title or text"),
            "downloads": downloads,
        }


document_list = DocumentList.as_view()
