"""Monitoring bodies: what each watches over, and the documents by it and for it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.listed import document_row
from library.selectors import documents_where
from platform_site.vocabulary.store import vocabulary

SHOWN = 20


@require_safe
def monitoring_body_list(request: HttpRequest) -> HttpResponse:
    """Show all bodies with what they belong to."""
    context = {
        "entries": vocabulary("monitoring_bodies").offered(),
        "breadcrumbs": [(_("Library"), reverse("library:document_list")), (_("Monitoring bodies"), None)],
        "dateline": [(_("Source"), _("the list of monitoring bodies of this platform"))],
    }
    return render(request, "library/monitoring_body_list.html", context)


@require_safe
def monitoring_body(request: HttpRequest, code: str) -> HttpResponse:
    """Show the body `code`. Raises Http404."""
    entry = vocabulary("monitoring_bodies").get(code)
    if entry is None:
        raise Http404
    documents, total = documents_where({"body": frozenset({code})}, request.user, SHOWN)
    context = {
        "entry": entry,
        "acronym": entry.attributes.get("acronym", ""),
        "parent_body": entry.attributes.get("parent_body", ""),
        "instrument": vocabulary("legal_instruments").get(entry.attributes.get("instrument_code", "")),
        "rows": [document_row(document) for document in documents],
        "total": total,
        "list_href": f"{reverse('library:document_list')}?body={code}",
        "breadcrumbs": [
            (_("Library"), reverse("library:document_list")),
            (_("Monitoring bodies"), reverse("library:monitoring_body_list")),
            (entry.attributes.get("acronym") or entry.label(), None),
        ],
        "dateline": [(_("Source"), _("the list of monitoring bodies of this platform"))],
    }
    return render(request, "library/monitoring_body.html", context)
