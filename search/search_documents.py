"""What the search finds of the glossary: concepts by all their words that are shown, abbreviations by both forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from platform_site.records.audiences import PRINCIPALS
from platform_site.texts.formatted import plain
from search.building import facets_of
from search.documents import SearchDocument, Texts
from search.models import Abbreviation, Concept, ConceptLabel
from search.rules import any_of

Kind = ConceptLabel.Kind


def published_concepts() -> Iterable[int]:
    """Return the primary keys of the published concepts."""
    return Concept.objects.published().order_by("pk").values_list("pk", flat=True)


def concept_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield the documents of those of the concepts that are published."""
    for concept in Concept.objects.published().filter(pk__in=pks).for_entry():
        yield SearchDocument(
            key=concept.key,
            type="concept",
            pk=concept.pk,
            path=f"glossary/{concept.code}/",
            original=concept.original_language,
            texts=_texts(concept),
            rule=any_of(PRINCIPALS[concept.audience]),
            facets=facets_of(type=("concept",), language=(row.language for row in concept.labels.all())),
            date=concept.last_published_at.date() if concept.last_published_at else None,
        )


def _texts(concept: Concept) -> dict[str, Texts]:
    titles: dict[str, str] = {}
    names: dict[str, list[str]] = defaultdict(list)
    for row in concept.labels.all():
        if row.kind == Kind.PREFERRED:
            titles.setdefault(row.language, row.label)
        elif row.kind != Kind.HIDDEN:
            names[row.language].append(row.label)
    notes = {row.language: plain(row.scope_note) for row in concept.texts.all()}
    return {
        language: Texts(
            title=titles.get(language, ""), names="\n".join(names[language]), summary=notes.get(language, "")
        )
        for language in sorted({*titles, *names, *notes})
    }


def published_abbreviations() -> Iterable[int]:
    """Return the primary keys of the published abbreviations."""
    return Abbreviation.objects.published().order_by("pk").values_list("pk", flat=True)


def abbreviation_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield the documents of those of the abbreviations that are published."""
    rows: Iterable[Any] = Abbreviation.objects.published().filter(pk__in=pks)
    for row in rows:
        yield SearchDocument(
            key=row.key,
            type="abbreviation",
            pk=row.pk,
            path=f"glossary/abbreviations/{row.slug}/",
            original=row.original_language,
            texts={row.original_language: Texts(title=row.name, names=row.full_form)},
            rule=any_of(PRINCIPALS[row.audience]),
            facets=facets_of(type=("abbreviation",), language=(row.original_language,)),
            date=row.last_published_at.date() if row.last_published_at else None,
        )
