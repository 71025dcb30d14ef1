"""The entry of an organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.access import get_organisation, reads_contacts
from directory.entry import Entry, draft_entry, published_entry
from directory.models import Organisation
from platform_site.accounts.principals import principals_of
from platform_site.safety.withdrawn import answers_withdrawn


@require_safe
@answers_withdrawn((gettext_lazy("All organisations"), "directory:organisation_list"))
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the entry with this address. Raises Http404; a withdrawn entry answers 410 or leads to the next one."""
    organisation = get_organisation(request.user, slug)
    return _page(request, organisation, published_entry(organisation, request.user))


def render_organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Return the page of a draft of `organisation`, as the reader of `request` would see it."""
    return _page(request, organisation, draft_entry(organisation, request.user))


def _page(request: HttpRequest, organisation: Organisation, entry: Entry) -> HttpResponse:
    context: dict[str, Any] = {
        "entry": entry,
        "organisation": organisation,
        # Says the same of every entry that shows no contact, whether one is stored or not: it must tell nothing.
        "contact_is_for_members": not (entry.facts.contact or reads_contacts(principals_of(request.user))),
        "breadcrumbs": [
            (_("Directory"), reverse("directory:organisation_list")),
            (entry.facts.country_name, entry.facts.country_href),
            (organisation.display_name, None),
        ],
    }
    if entry.facts.languages:
        context["content_languages"] = entry.facts.languages
        context["original_language"] = entry.facts.original_language
    return render(request, "directory/organisation_detail.html", context)
