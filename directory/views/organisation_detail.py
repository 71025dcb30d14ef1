"""The entry of an organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.access import get_organisation
from directory.entry import organisation_entry
from directory.models import Organisation
from platform_site.safety.withdrawn import answers_withdrawn


@answers_withdrawn((gettext_lazy("All organisations"), "directory:organisation_list"))
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the entry with this address. Raises Http404; a withdrawn entry answers 410 or leads to the next one."""
    return render_organisation(request, get_organisation(request.user, slug))


def render_organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Return the page of `organisation`, published or a draft, as the reader of `request` may see it."""
    entry = organisation_entry(organisation, request.user)
    context: dict[str, Any] = {
        "entry": entry,
        "organisation": organisation,
        "breadcrumbs": [
            (_("Directory"), reverse("directory:organisation_list")),
            (entry.country_name, entry.country_href),
            (organisation.display_name, None),
        ],
    }
    if organisation.content_languages:
        context["content_languages"] = organisation.content_languages
        context["original_language"] = organisation.original_language
    return render(request, "directory/organisation_detail.html", context)
