"""The entry of a concept: what it means, what it is called, what stands near it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from platform_site.safety.withdrawn import answers_withdrawn
from platform_site.texts.languages import other_language
from platform_site.ui.languages import language_name
from search.glossary import entry_dateline, labels_by_language, related_concepts
from search.models import Concept
from search.related import related_to
from search.thesaurus.access import get_concept


@require_safe
@answers_withdrawn((gettext_lazy("Glossary"), "search:concept_list"))
def concept_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show the concept with this code. Raises Http404; a withdrawn one answers 410 or leads to the next one."""
    return render_concept(request, get_concept(request.user, code))


def render_concept(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Return the page of `concept`, published or a draft, as the reader of `request` may see it."""
    text = concept.text_saying("scope_note")
    labels = labels_by_language(concept)
    own = labels[0] if labels and not other_language(labels[0].language) else None
    context = {
        "record": concept,
        "title": concept.title,
        "title_language": other_language(concept.title_language),
        "note": text.scope_note if text else "",
        "note_language": other_language(text.language) if text else "",
        "note_language_name": language_name(text.language) if text else "",
        "own": own,
        "elsewhere": [one for one in labels if one is not own],
        "links": related_concepts(concept, request.user),
        "related": related_to("concept", str(concept.pk), request.user) if concept.pk else [],
        "content_languages": {one.language for one in labels if one.preferred},
        "original_language": concept.title_language,
        "breadcrumbs": [(_("Glossary"), reverse("search:concept_list")), (concept.title, None)],
        "dateline": entry_dateline(concept, text.language if text else ""),
    }
    return render(request, "search/concept_detail.html", context)
