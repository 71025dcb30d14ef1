"""One country: its organisations, hotlines, networks, programmes, charts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.countries import country_page
from directory.filters import ORGANISATIONS
from platform_site.listing.provenance import stated_in_words_of_the_site
from platform_site.vocabulary.store import vocabulary


@require_safe
def country_detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the country `code`. A code in small letters leads to the address in capitals. Raises Http404.

    Every country of the list has a page, empty or not: so the page tells nothing of entries that are hidden.
    """
    country = vocabulary("countries").get(code.upper())
    if country is None:
        raise Http404
    if code != country.code:
        return HttpResponsePermanentRedirect(reverse("directory:country_detail", args=[country.code]))
    page = country_page(country, request.user)
    directory = reverse("directory:organisation_list")
    context = {
        "page": page,
        "country": country,
        "seated_href": f"{directory}?based_in={country.code}",
        "visiting_href": f"{directory}?country={country.code}",
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (country.label(), None)],
        "dateline": [
            (_("Source"), _("entries, networks and programmes of this directory")),
            *stated_in_words_of_the_site(ORGANISATIONS.last_change(request.user)),
        ],
    }
    return render(request, "directory/country_detail.html", context)
