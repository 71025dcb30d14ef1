"""The page of a programme: what it did, when, where, with whom, paid by whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.access import get_programme
from directory.evidence import chart_addresses, evidence_parts
from directory.frames import page_context, partners_of, period
from directory.linked import linked_blocks
from directory.models import Programme
from platform_site.safety.withdrawn import answers_withdrawn


@require_safe
@answers_withdrawn((gettext_lazy("All programmes"), "directory:programme_list"))
def programme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the programme with this address. Raises Http404; a withdrawn one answers 410 or leads to the next one."""
    return render_programme(request, get_programme(request.user, slug))


def render_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Return the page of `programme`, published or a draft, as the reader of `request` may see it."""
    text = programme.text()
    evidence = evidence_parts(programme.evidence)
    context = page_context(programme, request.user) | {
        "full_name": programme.acronym,
        "about": text.summary if text else None,
        "period": period(programme),
        "evidence": evidence,
        "charts": chart_addresses(evidence, request.user),
        "countries": programme.entries("countries"),
        "linked": linked_blocks(programme, request.user),
        "partners": partners_of(programme, request.user),
        "breadcrumbs": [(_("Programmes"), reverse("directory:programme_list")), (programme.name, None)],
    }
    return render(request, "directory/programme_detail.html", context)
