"""The directory: organisations by what they offer, to whom, where, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory import rows, wording
from directory.filters import ORGANISATIONS
from directory.finder import WHO, without_finder
from directory.maps import map_entries
from directory.network_options import network_options
from platform_site.accounts.principals import principals_of
from platform_site.listing.declared import Listing, Results
from platform_site.listing.presentation import Page
from platform_site.listing.state import ListState
from platform_site.listing.views import Found, ListView


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

    @cached_property
    def principals(self) -> frozenset[str]:
        """Whom the reader counts as."""
        return principals_of(self.request.user)

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
        """Return the organisations with what a row shows; for the file also hotlines."""
        visible = self.listing.queryset().visible_to(user)
        return visible.for_file() if self.request.GET.get("format") == "csv" else visible.for_list()

    def row(self, found: Found, results: Results, user: Any) -> rows.OrganisationRow:
        """Return what the row component draws."""
        chosen = results.state.chosen
        evident = found.stated and wording.is_self_evident(found.record, chosen)
        why = [] if evident else self.matches(found, results)
        return rows.organisation_row(
            found.record,
            self.principals,
            reasons=why,
            stated=found.stated,
            with_ticks=results.state.view == "table",
        )

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return which services answer the filters, or what they do not state."""
        return wording.reasons(found.record, results.state.chosen, stated=found.stated)

    def country_of(self, record: Any) -> str:
        """Return the country of the seat."""
        return wording.home_code(record)

    def as_csv(self, results: Results) -> HttpResponseBase:
        """Return the file; its lines say why they are in it."""
        self.chosen = results.state.chosen
        return super().as_csv(results)

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns of the file."""
        return rows.csv_header()

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the line of one organisation."""
        organisation = found.record
        return rows.csv_cells(
            organisation,
            principals,
            stated=found.stated,
            reasons=wording.reasons(organisation, self.chosen, stated=found.stated),
            address=self.request.build_absolute_uri(organisation.get_absolute_url()),
        )

    def order_reason(self, state: ListState) -> str:
        """Say in which order the organisations stand, and which come later and why."""
        first = super().order_reason(state)
        if not state.words and state.sort in {"", "name"}:
            first = _("In the order of their names.")
        return f"{first} {_('Entries that nobody confirmed for more than a year come below the others.')}"

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the breadcrumb, and the table or the map where it is asked for."""
        state = results.state
        return {
            "breadcrumbs": [(_("Directory"), None)],
            "with_finder": not state.chosen and not state.words and not state.view and page.number == 1,
            "ticks": rows.tick_headings() if state.view == "table" else [],
            "map_entries": map_entries(results) if state.view == "map" else [],
        }


organisation_list = OrganisationList.as_view()
