"""The countries of the directory."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.countries import country_lists


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """Show the countries in which organisations have their seat, and those where they help."""
    context = {"countries": country_lists(request.user), "breadcrumbs": [(_("Countries"), None)]}
    return render(request, "directory/country_list.html", context)
