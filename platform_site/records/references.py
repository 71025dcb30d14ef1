"""What refers to a record or a term: named before anything is deleted or withdrawn, so that nothing goes silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey

from platform_site.records.models import Record, TermRow
from platform_site.records.models.links import links_to
from platform_site.records.registry import record_models
from platform_site.records.revision_content import references
from platform_site.vocabulary.names import list_label

# A list of more than this helps nobody; the number of all is said beside it.
LISTED = 50


@dataclass(frozen=True)
class Reference:
    """Something that refers to an object: the record (or term) and how, in words."""

    holder: Any
    how: str


def references_to(target: Any) -> list[Reference]:
    """Return what refers to `target` (a record or a term), each holder and way once; drafts and merged entries too.

    Foreign keys are asked, not Wagtail's index of references: rows that were written in bulk are not in that index.
    """
    found: dict[tuple[Any, str], Reference] = {}
    for reference in (*_rows(target), *_links(target), *_drafts(target), *_merged(target)):
        if reference.holder != target:
            found.setdefault((reference.holder, reference.how), reference)
    return list(found.values())


def _relations(model: Any) -> Iterator[Any]:
    """Yield the foreign keys that point to `model` and stop its deletion; its own parts go with it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            field = relation.field
            if not isinstance(field, ParentalKey) and field.remote_field.on_delete is models.PROTECT:
                yield field


def _parent_key(model: Any) -> Any | None:
    return next((field for field in model._meta.concrete_fields if isinstance(field, ParentalKey)), None)


def _path_to_holder(model: Any) -> list[str]:
    """Return the names of the keys that lead from a part to its record."""
    path = []
    key = _parent_key(model)
    while key is not None:
        path.append(key.name)
        key = _parent_key(key.remote_field.model)
    return path


def _rows(target: Any) -> Iterator[Reference]:
    for field in _relations(type(target)):
        path = _path_to_holder(field.model)
        rows = field.model._base_manager.filter(**{field.name: target.pk})
        if path:
            rows = rows.select_related("__".join(path))
        for row in rows:
            yield Reference(_holder(row, path), _words(field, row))


def _holder(row: Any, path: list[str]) -> Any:
    for name in path:
        row = getattr(row, name)
    return row


def _links(target: Any) -> Iterator[Reference]:
    """Yield the records with a row that names `target` by type and primary key."""
    if isinstance(target, Record):
        for row in links_to(target):
            yield Reference(_holder(row, _path_to_holder(type(row))), str(row._meta.verbose_name))


def _words(field: Any, row: Any) -> str:
    part = _parent_key(field.model)
    if part is None:
        return str(field.verbose_name)
    above = getattr(row, part.name)
    if not isinstance(row, TermRow):
        return str(row._meta.verbose_name)
    if not isinstance(above, Record):
        return f"{above._meta.verbose_name}: {above}"
    return str(list_label(row.term.vocabulary))


def _drafts(target: Any) -> Iterator[Reference]:
    """Yield the records whose unpublished version refers to `target`: no foreign key says so yet."""
    for model in record_models().values():
        changed = model.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
        for record in changed.select_related("latest_revision"):
            if (type(target), target.pk) in references(model, record.latest_revision.content):
                yield Reference(record, _("unpublished version"))


def _merged(target: Any) -> Iterator[Reference]:
    if isinstance(target, Record):
        for model in record_models().values():
            for record in model.objects.filter(successor=target.reference):
                yield Reference(record, _("its address leads here"))


def usage_counts(model: Any, pks: Iterable[int]) -> dict[int, int]:
    """Return how many rows refer to each of the objects of `model` with these primary keys: one query per relation."""
    wanted = list(pks)
    counts = dict.fromkeys(wanted, 0)
    for field in _relations(model):
        rows = field.model._base_manager.filter(**{f"{field.name}__in": wanted})
        for pk, number in rows.order_by().values_list(field.attname).annotate(number=Count("pk")):
            counts[pk] += number
    return counts
