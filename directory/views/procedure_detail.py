"""The page of a procedure note."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.access import get_procedure
from directory.frames import dateline
from directory.models import ProcedureNote
from directory.pairs import pair_address
from directory.procedures import note_in_words
from platform_site.safety.withdrawn import answers_withdrawn


@require_safe
@answers_withdrawn((gettext_lazy("All countries"), "directory:country_list"))
def procedure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the note with this address. Raises Http404; a withdrawn one answers 410 or leads to the next one."""
    return render_procedure(request, get_procedure(request.user, slug))


def render_procedure(request: HttpRequest, procedure: ProcedureNote) -> HttpResponse:
    """Return the page of `procedure`, published or a draft."""
    note = note_in_words(procedure)
    context: dict[str, Any] = {
        "note": note,
        "title": procedure.title,
        "pair_href": pair_address(note.origin.code, note.destination.code) if note else "",
        "dateline": dateline(procedure, procedure.text()),
        "breadcrumbs": [(_("Countries"), reverse("directory:country_list")), (procedure.title, None)],
    }
    if note:
        names = {"origin": note.origin.label(), "destination": note.destination.label()}
        context["breadcrumbs"].insert(1, (_("From %(origin)s to %(destination)s") % names, context["pair_href"]))
    if procedure.content_languages:
        context["content_languages"] = procedure.content_languages
        context["original_language"] = procedure.original_language
    return render(request, "directory/procedure_detail.html", context)
