"""Choosing two countries: a plain form that leads to the page of the pair."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.filters import ORGANISATIONS
from directory.pairs import pair_address
from directory.selectors import organisation_count
from platform_site.listing.provenance import computed_from
from platform_site.vocabulary.store import vocabulary


@require_safe
def country_pair_pick(request: HttpRequest) -> HttpResponse:
    """Lead to the pair `from` and `to`; where one of them is missing or not known, ask for it."""
    countries = vocabulary("countries")
    given = {name: request.GET.get(name, "").strip().upper() for name in ("from", "to")}
    found = {name: entry for name, code in given.items() if (entry := countries.get(code))}
    if len(found) == 2:
        origin, destination = found["from"].code, found["to"].code
        if origin == destination:
            return HttpResponseRedirect(reverse("directory:country_detail", args=[origin]))
        return HttpResponseRedirect(pair_address(origin, destination))
    number = organisation_count(request.user)
    counted = ngettext("%(count)d organisation", "%(count)d organisations", number) % {"count": number}
    context = {
        "origin": found["from"].code if "from" in found else "",
        "destination": found["to"].code if "to" in found else "",
        "asks_again": any(name in request.GET for name in given),
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (_("Two countries"), None)],
        "dateline": computed_from(counted, ORGANISATIONS.last_change(request.user)),
    }
    return render(request, "directory/country_pair_pick.html", context)
