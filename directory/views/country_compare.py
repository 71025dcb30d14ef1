"""Two to four countries side by side by indicator, as a page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.profiles.comparison import (
    FEWEST,
    MOST,
    address,
    asked_countries,
    columns,
    compare,
    notices,
    selects,
)
from directory.profiles.data import comparison_as_data, csv_header, csv_lines
from directory.profiles.reader import ProfileView, profiled_countries, profiles_of
from platform_site.listing.formats import csv_response, json_response
from platform_site.listing.provenance import computed_from

ONLY_DIFFERENCES = "differences"


@require_safe
def country_compare(request: HttpRequest) -> HttpResponseBase:
    """Return the comparison of the countries that `country` names; `only=differences` leaves out what is alike.

    What cannot be compared (no country, a fifth one) is left out with a notice; fewer than two give the form alone.
    """
    asked, nonsense = asked_countries(request.GET.getlist("country"))
    chosen = asked[:MOST]
    codes = [country.code for country in chosen]
    only = request.GET.get("only", "").strip() == ONLY_DIFFERENCES
    profiles = profiles_of(codes, request.user)
    enough = len(chosen) >= FEWEST
    found = columns(chosen, profiles, only_differences=only) if enough else []
    compared = compare(found, only_differences=only)
    said = notices(
        nonsense=nonsense,
        beyond=asked[MOST:],
        without_profile=[country for country in chosen if country.code not in profiles],
    )
    answer = request.GET.get("format", "")
    if answer == "json":
        return json_response(comparison_as_data(found, compared, said))
    if answer == "csv":
        indicators = [row.indicator for area in compared.areas for row in area.rows]
        views = [column.profile for column in found if column.profile]
        return csv_response(name="countries", header=csv_header(), rows=list(csv_lines(indicators, views)))
    context: dict[str, Any] = {
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (_("Comparison"), None)],
        "notices": said,
        "dateline": dateline(
            [column.profile for column in found if column.profile]
            if found
            else list(profiles_of(profiled_countries(request.user), request.user).values())
        ),
        "columns": found,
        "comparison": compared,
        "one": chosen[0] if len(chosen) == 1 else None,
        "selects": selects(profiled_countries(request.user), chosen),
        "only_differences": only,
        "csv_href": address(codes, only_differences=only, answer="csv"),
        "json_href": address(codes, only_differences=only, answer="json"),
    }
    if found:
        context["segments"] = [
            {"label": _("All indicators"), "href": address(codes), "is_current": not only},
            {"label": _("Only differences"), "href": address(codes, only_differences=True), "is_current": only},
        ]
    return render(request, "directory/country_compare.html", context)


def dateline(views: Sequence[ProfileView]) -> list[tuple[str, str]]:
    """Return what the comparison is from: how many profiles, the language of the words, the last change.

    Those are the profiles that are compared; before a choice all that can be.
    """
    counted = ngettext("%(number)d country profile", "%(number)d country profiles", len(views)) % {"number": len(views)}
    return computed_from(counted, max((view.changed_on for view in views if view.changed_on), default=None))
