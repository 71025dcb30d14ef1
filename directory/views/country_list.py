"""The countries of the directory."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.countries import country_lists
from directory.filters import ORGANISATIONS
from directory.selectors import organisation_count
from platform_site.listing.provenance import computed_from


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """Show the countries in which organisations have their seat, and those where they help."""
    number = organisation_count(request.user)
    counted = ngettext("%(count)d organisation", "%(count)d organisations", number) % {"count": number}
    context = {
        "countries": country_lists(request.user),
        "breadcrumbs": [(_("Countries"), None)],
        "dateline": computed_from(counted, ORGANISATIONS.last_change(request.user)),
    }
    return render(request, "directory/country_list.html", context)
