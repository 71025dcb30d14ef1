"""The directory: organisations by what they offer, to whom, where, in which language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.files import csv_cells, csv_header
from directory.filters import ORGANISATIONS
from directory.finder import WHO, without_finder
from directory.listed import Listed, drawn, listed_organisation, listed_organisations, tick_headings
from directory.maps import map_entries
from directory.network_options import network_options
from platform_site.listing.declared import Listing, Results
from platform_site.listing.presentation import Page
from platform_site.listing.state import ListState
from platform_site.listing.views import Found, ListView

LIST_ROW = "ui/components/result_row_organisation.html"
TABLE_ROW = "directory/organisation_table_row.html"


MAP_PAGE_SIZE = 6


class OrganisationList(ListView):
    """The list of organisations as list, table and map, as CSV and as JSON (`docs/lists.md`)."""

    listing = ORGANISATIONS
    template_name = "directory/organisation_list.html"
    file_name = "organisations"
    views = (
        ("list", gettext_lazy("List"), "list"),
        ("table", gettext_lazy("Table"), "table-2"),
        ("map", gettext_lazy("Map"), "map"),
    )
    open_facets = ("country", "service", "language", "age", "gender")

    is_file = False

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Return the list; an address as the finder sends it leads to the same in the facets' own words."""
        if WHO in request.GET:
            query = urlencode(without_finder(request.GET))
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        return super().get(request)

    def listing_for(self, user: Any) -> Listing:
        """Return the list with the networks that the reader may read."""
        return ORGANISATIONS.offering({"network": lambda: network_options(user)})

    def count_words(self, total: int) -> str:
        """Return the number of organisations with its noun."""
        return ngettext("%(count)d organisation", "%(count)d organisations", total) % {"count": total}

    def records(self, user: Any) -> Any:
        """Return the organisations with what a line of the file has."""
        return self.listing.queryset().visible_to(user).for_file()

    def fetched(self, pks: Sequence[int]) -> Mapping[int, Any]:
        """Return the results as lists show them; the file needs the organisations themselves."""
        return super().fetched(pks) if self.is_file else listed_organisations(pks, self.request.user)

    def row(self, found: Found, results: Results, user: Any) -> SafeString:
        """Return the row as HTML: of the table, else of the list."""
        row = found.record.row_for(results.state.chosen, stated=found.stated)
        return drawn(TABLE_ROW if results.state.view == "table" else LIST_ROW, row, user)

    def data(self, found: Found, results: Results, user: Any) -> dict[str, Any]:
        """Return one organisation for JSON."""
        listed: Listed = found.record
        return {
            "key": listed.key,
            "title": listed.row.title,
            "url": listed.row.href,
            "country": listed.home,
            "match": [reason.text for reason in listed.reasons(results.state.chosen, stated=found.stated)],
            "stated": found.stated,
        }

    def as_page(self, results: Results) -> HttpResponseBase:
        """Return the page; beside the map stand fewer organisations."""
        if results.state.view == "map":
            self.page_size = MAP_PAGE_SIZE  # type: ignore[misc]  # of this answer only: a view lives for one request
        return super().as_page(results)

    def as_csv(self, results: Results) -> HttpResponseBase:
        """Return the file; its lines say why they are in it."""
        self.is_file, self.chosen = True, results.state.chosen
        return super().as_csv(results)

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns of the file."""
        return csv_header()

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the line of one organisation."""
        organisation = found.record
        listed = listed_organisation(organisation, principals)
        return csv_cells(
            organisation,
            listed,
            principals,
            stated=found.stated,
            reasons=[reason.text for reason in listed.reasons(self.chosen, stated=found.stated)],
            address=self.request.build_absolute_uri(listed.row.href),
        )

    def order_reason(self, state: ListState) -> str:
        """Say in which order the organisations stand, and which come later and why."""
        later = _("Entries that nobody confirmed for more than a year come below the others.")
        if state.sort or state.words:
            return " ".join([super().order_reason(state), later])
        best = _("Best match: entries that were confirmed lately come first, within them by name.")
        if any(facet.scope == "row" and state.chosen.get(facet.name) for facet in self.listing.facets):
            best = _(
                "Best match: what states all that you ask for comes first, in it the entries that were confirmed "
                "lately, then by name."
            )
        return " ".join([best, later])

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the breadcrumb, and the table or the map where it is asked for."""
        state = results.state
        return {
            "breadcrumbs": [(_("Directory"), None)],
            "with_finder": not state.chosen and not state.words and not state.view and page.number == 1,
            "ticks": tick_headings() if state.view == "table" else [],
            "map_entries": map_entries(results) if state.view == "map" else [],
        }


organisation_list = OrganisationList.as_view()
