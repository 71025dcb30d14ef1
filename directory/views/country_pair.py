"""Two countries: what is known about the way from one to the other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.filters import ORGANISATIONS
from directory.pairs import pair_address, pair_page
from platform_site.listing.provenance import stated_in_words_of_the_site
from platform_site.vocabulary.store import vocabulary


@require_safe
def country_pair(request: HttpRequest, origin: str, destination: str) -> HttpResponseBase:
    """Show the way from `origin` to `destination` (codes). Raises Http404 for a code that the list does not have.

    Capitals lead to the address in small letters, the same country twice to the page of the country. Every pair has a
    page, empty or not: so the page tells nothing of entries that are hidden.
    """
    countries = vocabulary("countries")
    start, end = countries.get(origin.upper()), countries.get(destination.upper())
    if start is None or end is None:
        raise Http404
    if start.code == end.code:
        return HttpResponsePermanentRedirect(reverse("directory:country_detail", args=[start.code]))
    address = pair_address(start.code, end.code)
    if (origin, destination) != (origin.lower(), destination.lower()):
        return HttpResponsePermanentRedirect(address)
    names = {"origin": start.label(), "destination": end.label()}
    context = {
        "page": pair_page(start, end, request.user),
        "other_way": pair_address(end.code, start.code),
        "breadcrumbs": [
            (_("Countries"), reverse("directory:country_list")),
            (start.label(), reverse("directory:country_detail", args=[start.code])),
            (_("From %(origin)s to %(destination)s") % names, None),
        ],
        "dateline": [
            (_("Source"), _("entries and notes of this directory")),
            *stated_in_words_of_the_site(ORGANISATIONS.last_change(request.user)),
        ],
    }
    return render(request, "directory/country_pair.html", context)
