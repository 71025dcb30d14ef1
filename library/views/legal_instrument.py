"""Legal instruments: what each is, since when it holds, who is party to it, the documents about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.articles import articles_by_instrument, find_articles
from library.hits import LONGEST_QUERY
from library.instruments import articles_of, bodies_of, kind_label, parties_of
from library.listed import document_row
from library.selectors import documents_where
from platform_site.texts.partial_dates import date_words
from platform_site.vocabulary.store import vocabulary

SHOWN = 20


@require_safe
def legal_instrument_list(request: HttpRequest) -> HttpResponse:
    """Show all instruments by the body that made them; with `q` first the articles that are about these words."""
    query = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
    numbers = {code: len(articles) for code, articles in articles_by_instrument().items()}
    groups: dict[str, list[Any]] = {}
    for entry in vocabulary("legal_instruments").offered():
        groups.setdefault(entry.attributes.get("body", ""), []).append(
            {
                "entry": entry,
                "kind": kind_label(entry),
                "adopted": date_words(entry.attributes.get("adopted", "")),
                "articles": numbers.get(entry.code, 0),
            }
        )
    context = {
        "groups": groups.items(),
        "query": query,
        "articles": find_articles(query),
        "breadcrumbs": [(_("Library"), reverse("library:document_list")), (_("Legal instruments"), None)],
        "dateline": [(_("Source"), _("the list of legal instruments of this platform"))],
    }
    return render(request, "library/legal_instrument_list.html", context)


@require_safe
def legal_instrument(request: HttpRequest, code: str) -> HttpResponse:
    """Show the instrument `code`. Raises Http404."""
    entry = vocabulary("legal_instruments").get(code)
    if entry is None:
        raise Http404
    documents, total = documents_where({"instrument": frozenset({code})}, request.user, SHOWN)
    context = {
        "entry": entry,
        "kind": kind_label(entry),
        "body": entry.attributes.get("body", ""),
        "adopted": date_words(entry.attributes.get("adopted", "")),
        "in_force": date_words(entry.attributes.get("in_force", "")),
        "citation": entry.attributes.get("citation", ""),
        "provision": entry.attributes.get("provision", ""),
        "parties": parties_of(entry, request.user),
        "bodies": bodies_of(entry),
        "articles": articles_of(entry, request.user),
        "rows": [document_row(document) for document in documents],
        "total": total,
        "list_href": f"{reverse('library:document_list')}?instrument={code}",
        "breadcrumbs": [
            (_("Library"), reverse("library:document_list")),
            (_("Legal instruments"), reverse("library:legal_instrument_list")),
            (entry.label(), None),
        ],
        "dateline": [(_("Source"), _("the list of legal instruments of this platform"))],
    }
    return render(request, "library/legal_instrument.html", context)
