"""The list of networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.frames import FrameRow, kind_label, network_row, unstated_members
from directory.network_filters import NETWORKS
from platform_site.listing.declared import Results
from platform_site.listing.presentation import Page
from platform_site.listing.views import Found, ListView


class NetworkList(ListView):
    """Networks, platforms and coordination bodies, as a page, CSV and JSON."""

    listing = NETWORKS
    template_name = "directory/frame_list.html"
    file_name = "networks"
    open_facets = ("kind",)

    def count_words(self, total: int) -> str:
        """Return the number of networks with its noun."""
        return ngettext("%(count)d network", "%(count)d networks", total) % {"count": total}

    def records(self, user: Any) -> Any:
        """Return the networks with the members that the reader may read, and their texts."""
        return self.listing.queryset().visible_to(user).with_members(user).prefetch_related("texts")

    def row(self, found: Found, results: Results, user: Any) -> FrameRow:
        """Return the row of one network."""
        return network_row(found.record)

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns of the file."""
        return [_("Name"), _("Full name"), _("Kind"), _("Members in this directory"), _("Website"), _("Address")]

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the line of one network."""
        network = found.record
        members = "; ".join(membership.organisation.name for membership in network.readable_memberships)
        if network.members_unstated:
            members = unstated_members()
        address = self.request.build_absolute_uri(network.get_absolute_url())
        return [network.name, network.full_name, kind_label(network), members, network.website, address]

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the heading and the breadcrumb."""
        return {"heading": _("Networks"), "breadcrumbs": [(_("Networks"), None)]}


network_list = NetworkList.as_view()
