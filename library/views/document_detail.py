"""The page of one document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.citations import as_text
from library.hits import find, words_in
from library.models import LibraryDocument
from library.versions import versions_of
from library.wording import file_lines
from platform_site.accounts.principals import STAFF, principals_of
from platform_site.records.access import get_readable
from platform_site.records.models import links_in_order
from platform_site.safety.withdrawn import answers_withdrawn
from platform_site.texts.languages import other_language
from platform_site.texts.partial_dates import date_words
from platform_site.ui.languages import language_name
from search.related import lines_of, related_to

SHOWN_HITS = 20


@require_safe
@answers_withdrawn((gettext_lazy("All documents"), "library:document_list"))
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the document with this address. Raises Http404; a withdrawn one answers 410 or leads to the next one."""
    return render_document(request, get_readable(LibraryDocument.objects.for_page(), request.user, slug=slug))


def render_document(request: HttpRequest, document: LibraryDocument) -> HttpResponse:
    """Return the page of `document`, published or a draft, as the reader of `request` may see it."""
    text = document.text()
    is_staff = STAFF in principals_of(request.user)
    context: dict[str, Any] = {
        "document": document,
        "title": document.title,
        "title_language": other_language(document.title_language),
        "text": text,
        "text_language": other_language(text.language) if text else "",
        "text_language_name": language_name(text.language) if text else "",
        "type": document.type_entry,
        "dateline": dateline(document),
        "facts": facts(document),
        "files": file_lines(document),
        "versions": versions_of(document) if is_staff and document.pk else [],
        "instruments": sorted(document.instruments.all(), key=lambda row: (row.sort_order, row.pk or 0)),
        "bodies": document.entries("monitoring_bodies"),
        "countries": document.entries("countries"),
        "topics": document.entries("topics"),
        "users": list(lines_of([row.target for row in links_in_order(document.uses.all())], request.user).values()),
        "related": related_to("document", str(document.pk), request.user) if document.pk else [],
        "citation": as_text(document, cited_address(request, document)),
        "list_href": reverse("library:document_list"),
        "breadcrumbs": [
            (_("Library"), reverse("library:document_list")),
            (document.title, None),
        ],
        **found_words(document, request.GET.get("q", "")),
    }
    if document.content_languages:
        context["content_languages"] = document.content_languages
        context["original_language"] = document.original_language
    return render(request, "library/document_detail.html", context)


def cited_address(request: HttpRequest, document: LibraryDocument) -> str:
    """Return the full address of the document's page, "" for a draft without one."""
    return request.build_absolute_uri(document.get_absolute_url()) if document.pk and document.slug else ""


def found_words(document: LibraryDocument, query: str) -> dict[str, Any]:
    """Return where the words of `query` stand in the texts of the document's files: what the page shows of it."""
    readable = [row for row in document.files.all() if row.key and row.stored.can_be_read]
    terms = words_in(query)
    by_file = []
    if terms:
        for row in readable:
            found = find(row.stored, terms, first=SHOWN_HITS)
            by_file.append({"file": row, "found": found, "language": other_language(row.language)})
    return {
        "query": " ".join(query.split())[:100],
        "is_searchable": bool(readable),
        "has_searched": bool(terms),
        "hits_by_file": by_file,
    }


def dateline(document: LibraryDocument) -> list[tuple[str, Any]]:
    """Return the line under the title: who issued it, what it is, when."""
    items: list[tuple[str, Any]] = [(_("Issuing body"), document.issuer or _("not stated"))]
    if document.type_entry:
        items.append((_("Type"), document.type_entry.label()))
    items.append((_("Date"), date_words(document.date) or _("not stated")))
    if document.level_entry:
        items.append((_("Level"), document.level_entry.label()))
    return items


def facts(document: LibraryDocument) -> list[tuple[str, str]]:
    """Return the further facts of a document; what is not stated of dates and status is left out."""
    languages = ", ".join(entry.label() for entry in document.entries("languages"))
    rows = [
        (_("Authors"), document.authors),
        (_("Adopted"), date_words(document.adopted)),
        (_("Published"), date_words(document.published_on)),
        (_("In force since"), date_words(document.in_force_on)),
        (_("Status"), str(document.get_status_display())),
        (_("Kind of tool"), str(document.get_tool_display())),
        (_("Languages"), languages or _("not stated")),
    ]
    if document.first_published_at:
        added = date_format(timezone.localdate(document.first_published_at), "DATE_FORMAT")
        rows.append((_("In the library since"), added))
    if document.source:
        rows.append((_("Source of this entry"), document.source))
    return [(label, value) for label, value in rows if value]
