"""One country: its profile in three pillars, with the organisations, hotlines, programmes, charts of the country."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.countries import country_page
from directory.filters import ORGANISATIONS
from directory.models import CountryProfile
from directory.profiles.comparison import address
from directory.profiles.reader import ProfileView, profile_of, profile_view
from platform_site.listing.provenance import stated_in_words_of_the_site
from platform_site.vocabulary.store import Entry, vocabulary


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
    return render_country(request, country)


def render_country(request: HttpRequest, country: Entry, *, draft: CountryProfile | None = None) -> HttpResponse:
    """Return the page of `country` as the reader of `request` may see it, with its profile or with a draft of one."""
    profile = profile_view(draft, request.user) if draft is not None else profile_of(country.code, request.user)
    directory = reverse("directory:organisation_list")
    context = {
        "page": country_page(country, request.user, profile=profile),
        "country": country,
        "seated_href": f"{directory}?based_in={country.code}",
        "visiting_href": f"{directory}?country={country.code}",
        "compare_query": address([country.code]),
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (country.label(), None)],
        "dateline": dateline(profile, request.user),
    }
    return render(request, "directory/country_detail.html", context)


def dateline(profile: ProfileView | None, user: Any) -> list[tuple[str, str]]:
    """Return what a country's page is from: its profile, if there is one, and what it is computed from."""
    entries = _("entries, networks and programmes of this directory")
    source = entries
    if profile is not None:
        written = profile.source or _("profile kept by the platform")
        source = _("%(profile)s; %(entries)s") % {"profile": written, "entries": entries}
    changes = (ORGANISATIONS.last_change(user), profile.changed_on if profile else None)
    return [(_("Source"), source), *stated_in_words_of_the_site(max(filter(None, changes), default=None))]
