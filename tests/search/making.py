"""Concepts and abbreviations for tests."""

from __future__ import annotations

from typing import Any

from platform_site.records.addresses import plain_slug
from platform_site.records.services import publish_record
from platform_site.vocabulary.store import term_id
from search.models import Abbreviation, Concept, ConceptLabel, ConceptRelation, ConceptText


def build_concept(
    code: str, *labels: tuple[Any, ...], note: str = "", broader: Any = (), related: Any = (), **values: Any
) -> Concept:
    """Return an unsaved concept. A label is (language, label, kind) and, where it does not widen a search, False."""
    concept = Concept(code=code, **values)
    concept.labels = [
        ConceptLabel(language=language, label=label, kind=kind, expand=not rest or rest[0], sort_order=number)
        for number, (language, label, kind, *rest) in enumerate(labels)
    ]
    concept.relations = [
        *(ConceptRelation(kind="broader", other=other) for other in broader),
        *(ConceptRelation(kind="related", other=other) for other in related),
    ]
    if note:
        concept.texts = [ConceptText(language="en", is_original=True, scope_note=note)]
    return concept


def make_concept(code: str, *labels: tuple[Any, ...], **values: Any) -> Concept:
    """Return a published concept (see `build_concept`)."""
    published: Concept = publish_record(record=build_concept(code, *labels, **values))
    return published


def make_abbreviation(name: str, full_form: str, kind: str = "", **values: Any) -> Abbreviation:
    """Return a published abbreviation."""
    values.setdefault("slug", plain_slug(name))
    record = Abbreviation(name=name, full_form=full_form, **values)
    record.kind_id = term_id("abbreviation_kinds", kind) if kind else None
    published: Abbreviation = publish_record(record=record)
    return published
