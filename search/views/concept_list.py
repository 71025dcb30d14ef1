"""The glossary: concepts from A to Z in the reader's language, and abbreviations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from platform_site.listing.provenance import computed_from
from search.glossary import LONGEST_FILTER, abbreviation_rows, by_letter, concept_rows, last_change


@require_safe
def concept_list(request: HttpRequest) -> HttpResponse:
    """Show the glossary; with `q` what has these words."""
    query = request.GET.get("q", "").replace("\x00", "")[:LONGEST_FILTER].strip()
    concepts, abbreviations = concept_rows(request.user, query), abbreviation_rows(request.user, query)
    number = len(concepts) + len(abbreviations)
    counted = ngettext("%(count)d entry", "%(count)d entries", number) % {"count": number}
    context = {
        "groups": by_letter(concepts),
        "abbreviations": abbreviations,
        "query": query,
        "longest": LONGEST_FILTER,
        "counted": counted,
        "breadcrumbs": [(_("Glossary"), None)],
        "dateline": computed_from(counted, last_change(request.user)),
    }
    return render(request, "search/concept_list.html", context)
