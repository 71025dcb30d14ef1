"""The tool shelf: documents that people fill in or work through, with who uses each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.filters import BY_NAME
from library.listed import document_row
from library.models import LibraryDocument
from platform_site.listing.presentation import pages_of
from platform_site.listing.state import parse_state
from platform_site.records.models import links_in_order
from search.related import lines_of

# Of each kind beside the others; a kind alone has pages of more.
MOST_TOOLS, PAGE_OF_TOOLS = 8, 20


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """Show the tools by kind, or all of one (`?tool=`), each with the organisations, charts and cases that use it."""
    found_tools = LibraryDocument.objects.visible_to(request.user).tools()
    by_kind: dict[str, list[int]] = {}
    for pk, kind in found_tools.values_list("pk", "tool"):
        by_kind.setdefault(kind, []).append(pk)
    state = parse_state(request.GET, [BY_NAME["tool"]])
    chosen = next((kind for kind in by_kind if kind in state.chosen.get("tool", ())), "")
    page = pages_of(by_kind[chosen], state, size=PAGE_OF_TOOLS) if chosen else None
    shown = page.pks if page else [pk for keys in by_kind.values() for pk in keys[:MOST_TOOLS]]
    documents = list(found_tools.for_page().filter(pk__in=shown))
    uses = {document.pk: [row.target for row in links_in_order(document.uses.all())] for document in documents}
    found = lines_of([target for targets in uses.values() for target in targets], request.user)
    shelves = []
    for kind, label in LibraryDocument.Tool.choices:
        rows: list[dict[str, Any]] = [
            {"row": document_row(document), "users": [found[target] for target in uses[document.pk] if target in found]}
            for document in documents
            if document.tool == kind
        ]
        if rows:
            shelves.append({"kind": kind, "label": label, "rows": rows, "total": len(by_kind[kind])})
    above = [(_("Library"), reverse("library:document_list"))]
    context = {
        "shelves": shelves,
        "page": page,
        "breadcrumbs": [*above, (_("Tools"), request.path), (shelves[0]["label"], None)]
        if page
        else [*above, (_("Tools"), None)],
        "dateline": [(_("Source"), _("documents of this library"))],
    }
    return render(request, "library/tools.html", context)
