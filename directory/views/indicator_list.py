"""The indicators by which countries are compared: what each means, and which countries have a value."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.profiles.data import as_data, csv_header, csv_lines, fact_as_data
from directory.profiles.indicators import ValueKind, definition, kind_of, offered_by_area
from directory.profiles.reader import ProfileView, profiled_countries, profiles_of
from platform_site.listing.formats import csv_response, json_response
from platform_site.listing.provenance import computed_from
from platform_site.vocabulary.store import Entry, vocabulary

KINDS = dict(ValueKind.choices)


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponseBase:
    """Return all indicators with their definitions; as CSV and JSON with every value that the reader may see."""
    views = list(profiles_of(profiled_countries(request.user), request.user).values())
    answer = request.GET.get("format", "")
    if answer == "csv":
        rows = list(csv_lines(vocabulary("indicators"), views))
        return csv_response(name="indicators", header=csv_header(), rows=rows)
    if answer == "json":
        return json_response({"indicators": [_with_values(entry, views) for entry in vocabulary("indicators")]})
    counted = ngettext("%(number)d country profile", "%(number)d country profiles", len(views)) % {"number": len(views)}
    context = {
        "areas": [
            {
                "heading": area.label() if area else _("Other indicators"),
                "indicators": [_described(indicator, views) for indicator in indicators],
            }
            for area, indicators in offered_by_area()
        ],
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (_("Indicators"), None)],
        "dateline": computed_from(counted, max((v.changed_on for v in views if v.changed_on), default=None)),
    }
    return render(request, "directory/indicator_list.html", context)


def _described(indicator: Entry, views: list[ProfileView]) -> dict[str, Any]:
    words, language = definition(indicator)
    return {
        "entry": indicator,
        "definition": words,
        "language": language,
        "kind": KINDS[kind_of(indicator)],
        "countries": [view.country for view in views if indicator.code in view.facts],
    }


def _with_values(indicator: Entry, views: list[ProfileView]) -> dict[str, Any]:
    stated = {view.country.code: view.facts[indicator.code] for view in views if indicator.code in view.facts}
    return as_data(indicator) | {
        "values": {code: [fact_as_data(fact) for fact in facts] for code, facts in stated.items()}
    }
