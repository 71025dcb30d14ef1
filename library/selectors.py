"""What pages and figures ask about documents."""

from __future__ import annotations

from typing import Any

from library.filters import LIBRARY, TEXT
from library.models import LibraryDocument
from library.wording import facts_line
from platform_site.listing.state import ListState


def document_count(user: Any) -> int:
    """Return how many documents `user` may read."""
    return LIBRARY.visible(user).bit_count()


def readable_count(user: Any) -> int:
    """Return how many documents with a reading view `user` may read."""
    return LIBRARY.total({"text": frozenset({TEXT})}, user)


def documents_where(chosen: dict[str, frozenset[str]], user: Any, limit: int) -> tuple[list[LibraryDocument], int]:
    """Return the newest documents that `user` may read and that fit `chosen` (facet to values), and how many fit."""
    results = LIBRARY.results(ListState(chosen=chosen), user)
    pks = results.pks[:limit]
    found = {document.pk: document for document in LibraryDocument.objects.filter(pk__in=pks).for_list()}
    return [found[pk] for pk in pks if pk in found], results.total


def dated_facts_line(document: LibraryDocument) -> str:
    """Return the line under the title of a document: year, type, issuing body."""
    return " · ".join(part for part in (document.year, facts_line(document)) if part)
