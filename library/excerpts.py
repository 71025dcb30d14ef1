"""A place of a text that has the words of a search, for each document of a page of results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from library.hits import Piece, find_in, words_in
from library.models import FileSection, LibraryDocument
from library.wording import file_lines
from platform_site.texts.languages import other_language

# So many sections of each text are looked at for a paragraph that has all the words.
LOOKED_AT = 10


@dataclass(frozen=True)
class Excerpt:
    """A place in a text: where it is read, its page as printed ("" without pages), its words; `language` if foreign."""

    href: str
    label: str
    language: str
    pieces: tuple[Piece, ...]


def first_places(documents: Iterable[LibraryDocument], query: str) -> dict[int, Excerpt]:
    """Return by primary key the best of the first places of each document's texts for the words of `query`: one query.

    Best is where the words stand closest; a text where one paragraph has all of them goes before others, then one in
    the reader's language. The documents come from `for_list`; whether they may be read is for the caller to know.
    """
    terms = words_in(query)
    documents = list(documents)
    stored = {row.stored_id for document in documents for row in document.files.all() if row.stored.can_be_read}
    if not terms or not stored:
        return {}
    sections: dict[int, list[FileSection]] = {
        pk: list(rows) for pk, rows in groupby(_sections(stored, terms), key=lambda section: section.stored_id)
    }
    found = {}
    for document in documents:
        by_key = {row.key: row for row in document.files.all()}
        places: list[tuple[int, bool, int, Excerpt]] = []
        for line in file_lines(document):
            row = by_key[line.key]
            hits = find_in(sections.get(row.stored_id, ()), terms, first=LOOKED_AT)
            if hits.first:
                hit = min(hits.first, key=lambda one: one.spread) if hits.is_near else hits.first[0]
                address = reverse("library:document_read_at", args=[document.slug, row.key, hit.anchor])
                href = f"{address}?{urlencode({'q': query})}"
                excerpt = Excerpt(href, hit.label, other_language(row.language), hit.pieces)
                places.append((len(hits.missing), not hits.is_near, len(places), excerpt))
        if places:
            found[document.pk] = min(places)[3]
    return found


def _sections(stored: Iterable[int], terms: Sequence[str]) -> Any:
    """Return the first sections of each text that have words of the search, those that have most of them first."""
    has: Any = Value(0)
    some = Q()
    for term in terms:
        condition = Q(text__folded__contains=term)
        some |= condition
        has = has + Case(When(condition, then=1), default=0)
    place = Window(RowNumber(), partition_by=F("stored_id"), order_by=[F("has").desc(), F("number").asc()])
    rows = FileSection.objects.filter(some, stored__in=stored).annotate(has=has).annotate(place=place)
    return rows.filter(place__lte=LOOKED_AT).order_by("stored_id", "place")
