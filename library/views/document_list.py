"""The list of documents: as a page, CSV, JSON, RIS and BibTeX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from library.articles import find_articles
from library.citations import as_bibtex, as_ris
from library.excerpts import first_places
from library.filters import LIBRARY
from library.listed import codes_of, document_row, draw, drawn, listed_documents
from library.models import LibraryDocument
from library.pillars import NOTES, PILLARS
from library.wording import file_lines
from platform_site.listing.declared import Results
from platform_site.listing.presentation import Page
from platform_site.listing.state import ListState
from platform_site.listing.views import Found, ListView, RowGroup
from platform_site.texts.formatted import plain

# A file of citations is made in memory; nobody cites more at once.
MOST_CITATIONS = 500
MOST_ARTICLES = 5
CITATIONS = {
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
}


def page_addresses(request: HttpRequest, documents: Sequence[LibraryDocument]) -> dict[int, str]:
    """Return the full address of each document's page, by primary key."""
    return {document.pk: request.build_absolute_uri(document.get_absolute_url()) for document in documents}


def articles_context(words: str) -> dict[str, Any]:
    """Return the first articles of legal instruments that are about these words, and where all of them stand."""
    found = find_articles(words) if words else []
    address = f"{reverse('library:legal_instrument_list')}?{urlencode({'q': words})}"
    return {
        "articles": found[:MOST_ARTICLES],
        "articles_total": len(found),
        "articles_href": address if len(found) > MOST_ARTICLES else "",
    }


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

    is_plain_page = False

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

    def fetched(self, pks: Sequence[int]) -> Mapping[int, Any]:
        """Return the results as lists show them; files, and rows with a place in the text, need the documents."""
        return listed_documents(pks, self.request.user) if self.is_plain_page else super().fetched(pks)

    def as_page(self, results: Results) -> HttpResponseBase:
        """Return the page; without words its rows are kept."""
        self.is_plain_page = not results.state.words
        return super().as_page(results)

    def count_words(self, total: int) -> str:
        """Return the number of documents."""
        return ngettext("%(number)d document", "%(number)d documents", total) % {"number": total}

    def row_groups(self, found: Iterable[Found], results: Results, page: Page) -> Iterator[RowGroup]:
        """Yield the rows of a page; where words are looked for, each with its first place."""
        found = list(found)
        documents = () if self.is_plain_page else (one.record for one in found)
        self.places = first_places(documents, results.state.words)
        return super().row_groups(found, results, page)

    def row(self, found: Found, results: Results, user: Any) -> SafeString:
        """Return the row as HTML."""
        reasons = self.matches(found, results)
        if self.is_plain_page:
            return drawn(found.record, reasons, user)
        place = self.places.get(found.record.pk)
        return draw(document_row(found.record, reasons, place=place, query=results.state.words))

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return for each chosen facet what of the document fits it."""
        if self.is_plain_page:
            return self.fitting(found.record.held, results)
        return self.fitting({name: codes_of(found.record, name) for name in results.state.chosen}, results)

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
            **articles_context(state.words if page.number == 1 else ""),
        }


document_list = DocumentList.as_view()
