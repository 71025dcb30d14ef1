"""The list of programmes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.frames import FrameRow, kind_label, programme_row
from directory.network_filters import PROGRAMMES
from platform_site.listing.declared import Results
from platform_site.listing.presentation import Page
from platform_site.listing.views import Found, ListView


class ProgrammeList(ListView):
    """Programmes, projects and initiatives, as a page, CSV and JSON."""

    listing = PROGRAMMES
    template_name = "directory/frame_list.html"
    file_name = "programmes"
    open_facets = ("country", "kind")

    def count_words(self, total: int) -> str:
        """Return the number of programmes with its noun."""
        return ngettext("%(count)d programme", "%(count)d programmes", total) % {"count": total}

    def records(self, user: Any) -> Any:
        """Return the programmes with countries and texts."""
        return self.listing.queryset().visible_to(user).for_list()

    def row(self, found: Found, results: Results, user: Any) -> FrameRow:
        """Return the row of one programme."""
        return programme_row(found.record)

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns of the file."""
        return [_("Name"), _("Acronym"), _("Kind"), _("Start"), _("End"), _("Countries"), _("Funder"), _("Address")]

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the line of one programme."""
        programme = found.record
        countries = "; ".join(entry.label() for entry in programme.entries("countries"))
        address = self.request.build_absolute_uri(programme.get_absolute_url())
        kind = kind_label(programme)
        start, end = programme.start, programme.end
        return [programme.name, programme.acronym, kind, start, end, countries, programme.funder, address]

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the heading and the breadcrumb."""
        return {"heading": _("Programmes"), "breadcrumbs": [(_("Programmes"), None)]}


programme_list = ProgrammeList.as_view()
