"""The directory: organisations by what they offer, to whom, where, in which language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.files import csv_cells, csv_header
from directory.filters import ORGANISATIONS
from directory.finder import WHO, without_finder
from directory.listed import Chosen, Listed, Reason, drawn, listed_organisation, listed_organisations, tick_headings
from directory.maps import map_entries
from directory.network_options import network_options
from directory.situation.address import PARAMETERS, is_situation
from directory.situation.ranking import STATED, Ranked, Wish
from directory.situation.reasons import service_reasons
from directory.situation.results import answered, situation_chips, situation_results
from platform_site.listing.declared import Listing, Results
from platform_site.listing.presentation import Chip, Page
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
    # What the sentence of a case says beside the filters, in codes.
    extra = PARAMETERS

    is_file = False
    # By primary key how each organisation answers the case, where the address is that of one.
    answers: Mapping[int, Ranked] = {}
    wish: Wish | None = None

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Return the list; an address as the finder sends it leads to the same in the facets' own words."""
        if WHO in request.GET:
            query = urlencode(without_finder(request.GET))
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        return super().get(request)

    def results(self, state: ListState) -> Results:
        """Return the results; those of a case in the order of its answers, unless another one is asked for."""
        if not is_situation(state.extra) or not state.chosen or state.sort or state.words:
            return super().results(state)
        results, self.answers, self.wish = situation_results(self.listing, state, self.request.user)
        return results

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
        answer = self.answers.get(found.record.pk)
        if answer is not None and self.wish is not None:
            reasons = [Reason(text) for text in service_reasons(found.record, answer, self.wish)]
            row = replace(found.record.row, reasons=reasons, fits=self.states(found))
        return drawn(TABLE_ROW if results.state.view == "table" else LIST_ROW, row, user)

    def data(self, found: Found, results: Results, user: Any) -> dict[str, Any]:
        """Return one organisation for JSON."""
        listed: Listed = found.record
        return {
            "key": listed.key,
            "title": listed.row.title,
            "url": listed.row.href,
            "country": listed.home,
            "match": self.reasons(found, listed, results.state.chosen),
            "stated": self.states(found),
        }

    def states(self, found: Found) -> bool:
        """Say whether an organisation states all that was asked; the nearest ones of a case do not."""
        answer = self.answers.get(found.record.pk)
        return found.stated if answer is None else answer.match == STATED

    def reasons(self, found: Found, listed: Listed, chosen: Chosen) -> list[str]:
        """Return as texts why an organisation is in the list, and what it does not say."""
        answer = self.answers.get(listed.pk)
        if answer is not None and self.wish is not None:
            return service_reasons(listed, answer, self.wish)
        return [reason.text for reason in listed.reasons(chosen, stated=found.stated)]

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
            stated=self.states(found),
            reasons=self.reasons(found, listed, self.chosen),
            address=self.request.build_absolute_uri(listed.row.href),
        )

    def order_reason(self, state: ListState) -> str:
        """Say in which order the organisations stand, and which come later and why."""
        if self.wish is not None:
            return _("What states all that you ask for comes first, then what does not say, then the nearest ones.")
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

    def chips(self, results: Results, *, with_totals: bool) -> list[Chip]:
        """Return the chips, also of what the sentence of a case said beside the filters."""
        listed = super().chips(results, with_totals=with_totals)
        return [*listed, *situation_chips(results.state)] if is_situation(results.state.extra) else listed

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the breadcrumb, and the table or the map where it is asked for."""
        state = results.state
        return {
            "breadcrumbs": [(_("Directory"), None)],
            "with_finder": not state.chosen and not state.words and not state.view and page.number == 1,
            "answer": answered(results, self.wish) if self.wish is not None else None,
            "ticks": tick_headings() if state.view == "table" else [],
            "map_entries": map_entries(results) if state.view == "map" else [],
        }


organisation_list = OrganisationList.as_view()
