"""Coverage: services by country as a matrix, networks that overlap, how fresh the entries are; also as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.coverage import AGES, NONE, NOT_STATED, STATED, Coverage, age_label, coverage
from directory.filters import ORGANISATIONS
from directory.selectors import organisation_count
from platform_site.listing.formats import csv_response
from platform_site.listing.provenance import computed_from

FORMATS = ("", "html", "csv")


@require_safe
def country_coverage(request: HttpRequest) -> HttpResponseBase:
    """Show the coverage, or with `format=csv` the matrix and the states of confirmation as a file."""
    found = coverage(request.user)
    wanted = request.GET.get("format", "").strip()
    if wanted == "csv":
        return csv_response(name="coverage", header=csv_header(), rows=csv_rows(found, request))
    number = organisation_count(request.user)
    counted = ngettext("%(count)d organisation", "%(count)d organisations", number) % {"count": number}
    context = {
        "coverage": found,
        "ages": [age_label(kind) for kind in AGES],
        "notices": [] if wanted in FORMATS else [_("That format is not known; the page is shown.")],
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (_("Coverage"), None)],
        "dateline": computed_from(counted, ORGANISATIONS.last_change(request.user)),
        "dateline_actions": [("download", "CSV", "?format=csv")],
    }
    return render(request, "directory/country_coverage.html", context)


def csv_header() -> list[str]:
    """Return the columns of the file."""
    return [
        _("Country"),
        _("Country code"),
        _("Figure"),
        _("Code"),
        _("What is counted"),
        _("State"),
        _("Organisations"),
        _("Of"),
        _("Address"),
    ]


def csv_rows(found: Coverage, request: HttpRequest) -> Iterator[list[Any]]:
    """Return a line for each cell of the matrix, then for each state of confirmation of each country."""
    states = {STATED: _("stated"), NOT_STATED: _("not stated"), NONE: _("no organisation")}
    # Made before the answer leaves: afterwards the reader's language is gone.
    rows: list[list[Any]] = []
    for row in found.countries:
        place = [row.country.label(), row.country.code]
        for cell in row.cells:
            address = request.build_absolute_uri(cell.href) if cell.href else ""
            counted = [
                _("Services"),
                cell.service.code,
                cell.service.label(),
                states[cell.state],
                cell.number,
                row.total,
            ]
            rows.append([*place, *counted, address])
        for age in row.ages:
            address = request.build_absolute_uri(age.href) if age.number else ""
            rows.append([*place, _("Confirmation"), age.kind, age_label(age.kind), "", age.number, row.total, address])
    return iter(rows)
