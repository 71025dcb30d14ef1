"""Asking the registered sources for what they have."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation

from platform_site.records.models import Record
from search.documents import SearchDocument
from search.registration import sources


def indexed_types() -> list[str]:
    """Return the record types of which something is indexed."""
    return [name for name, source in sources().items() if source.documents is not None and source.published is not None]


def published(record_type: str) -> list[int]:
    """Return the primary keys of all that is published of a type, in order; none for a type that there is not."""
    source = sources().get(record_type)
    return sorted(set(source.published())) if source is not None and source.published is not None else []


def followers(record_type: str, pks: Sequence[int]) -> list[tuple[str, int]]:
    """Return the things whose documents say something of these records, from the `follows` of their sources.

    Pages are left out: what follows from them is noted when they change (`search.signals`).
    """
    leader = sources().get(record_type)
    if leader is None or not issubclass(leader.model, Record):
        return []
    belongings = [
        (name, source.follows[leader.model])
        for name, source in sources().items()
        if name != record_type and source.documents is not None and leader.model in source.follows
    ]
    if not belongings:
        return []
    return [
        (name, pk)
        for record in leader.model._base_manager.filter(pk__in=pks)
        for name, belonging in belongings
        for pk in belonging(record)
    ]


def documents_of(record_type: str, pks: Sequence[int]) -> list[SearchDocument]:
    """Return what is indexed of these things now; none for a type that there is not.

    What is asked for in whatever language is the same.
    """
    source = sources().get(record_type)
    if source is None or source.documents is None or not pks:
        return []
    with translation.override(settings.LANGUAGE_CODE):
        return list(source.documents(pks))
