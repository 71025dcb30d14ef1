"""Coverage: services by country as a matrix, networks that overlap, how fresh the entries are; also as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from directory.coverage import AGES, NONE, NOT_STATED, STATED, Coverage, age_label, coverage
from directory.filters import ORGANISATIONS
from directory.selectors import organisation_count
from platform_site.listing.formats import csv_response
from platform_site.listing.kept import Kept
from platform_site.listing.provenance import computed_from
from platform_site.listing.views import Choice

FORMATS = ("", "html", "csv")
PARTS: dict[str, Any] = {
    "services": gettext_lazy("Services"),
    "networks": gettext_lazy("Networks"),
    "freshness": gettext_lazy("Confirmed"),
}
_kept = Kept(ORGANISATIONS.token)


@require_safe
def country_coverage(request: HttpRequest) -> HttpResponseBase:
    """Show the coverage, or with `format=csv` the matrix and the states of confirmation as a file.

    `view` chooses the part: services, networks or freshness. Together they would be too much for a telephone.
    """
    found = coverage(request.user)
    wanted = request.GET.get("format", "").strip()
    if wanted == "csv":
        return csv_response(name="coverage", header=csv_header(), rows=csv_rows(found, request))
    number = organisation_count(request.user)
    counted = ngettext("%(count)d organisation", "%(count)d organisations", number) % {"count": number}
    view = request.GET.get("view", "").strip()
    notices = [] if wanted in FORMATS else [_("That format is not known; the page is shown.")]
    if view and view not in PARTS:
        notices.append(_("There is no such view; the services are shown."))
    shown = view if view in PARTS else next(iter(PARTS))
    context = {
        "part": _kept.value(request.user, shown, lambda: _drawn(found, shown)),
        "parts": [Choice(name, label, f"?view={name}", name == shown) for name, label in PARTS.items()],
        "notices": notices,
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (_("Coverage"), None)],
        "dateline": computed_from(counted, ORGANISATIONS.last_change(request.user)),
        "dateline_actions": [("download", "CSV", "?format=csv")],
    }
    return render(request, "directory/country_coverage.html", context)


def _drawn(found: Coverage, part: str) -> SafeString:
    """Return one part as HTML, drawn once as long as no organisation changes."""
    context = {"coverage": found, "ages": [age_label(kind) for kind in AGES]}
    # Safe stays safe: the template has escaped its values, and only spaces between tags are taken out.
    return SafeString(strip_spaces_between_tags(render_to_string(f"directory/coverage_{part}.html", context)))


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
