"""The entry of an abbreviation: what it stands for, and the concept that it names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from platform_site.safety.withdrawn import answers_withdrawn
from search.glossary import concepts_by_acronym, entry_dateline
from search.models import Abbreviation
from search.related import related_to
from search.thesaurus.access import get_abbreviation
from search.thesaurus.trie import words_in


@require_safe
@answers_withdrawn((gettext_lazy("Glossary"), "search:concept_list"))
def abbreviation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the abbreviation at this address. Raises Http404; a withdrawn one answers 410 or leads to the next one."""
    return render_abbreviation(request, get_abbreviation(request.user, slug))


def render_abbreviation(request: HttpRequest, record: Abbreviation) -> HttpResponse:
    """Return the page of an abbreviation, published or a draft, as the reader of `request` may see it."""
    context = {
        "record": record,
        "kind": record.kind_entry.label() if record.kind_entry else "",
        "concept": concepts_by_acronym(request.user).get(words_in(record.name)),
        "related": related_to("abbreviation", str(record.pk), request.user) if record.pk else [],
        "breadcrumbs": [(_("Glossary"), reverse("search:concept_list")), (record.name, None)],
        "dateline": entry_dateline(record, ""),
    }
    return render(request, "search/abbreviation_detail.html", context)
