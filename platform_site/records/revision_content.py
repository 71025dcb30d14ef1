"""What a revision holds: the same content found again, and references to what is gone taken out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

from platform_site.records.addresses import address_field
from platform_site.records.models.links import RecordLink
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import entry_by_id

# Facts of the row in the database, not of a text: they differ between revisions with the same content.
ROW_KEYS = frozenset(
    {
        "pk",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "sort_order",
        "stamp",
        # Of pages, which pass the same gate: where they lie in the tree, and copies of other values.
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "latest_revision_created_at",
        "wagtail_admin_comments",
    }
)


def same_content(model: Any, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two contents of revisions of `model` say the same, whoever saved them and however often.

    Line ends and blanks around a text do not count: a browser's form changes them without anybody's doing. Neither does
    the address of a record that was published: whatever a draft says, it stays (`addresses.keep_address`).
    """
    if hasattr(model, "record_type") and all(data.get("first_published_at") for data in (one, other)):
        address = address_field(model).name
        one, other = ({**data, address: None} for data in (one, other))
    ignored = ROW_KEYS | frozenset(getattr(model, "row_fields", ()))
    return bool(_comparable(model, one, ignored) == _comparable(model, other, ignored))


def _comparable(model: Any, data: dict[str, Any], ignored: frozenset[str]) -> Any:
    parents = {field.name for field in model._meta.concrete_fields if isinstance(field, ParentalKey)}
    children = _child_models(model)
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    result: dict[str, Any] = {}
    for key, value in plain.items():
        if key in ignored or key in parents:
            continue
        if key in children:
            # The numbers of an order say nothing (bulk rows all have 0), the order that they make does.
            rows = sorted(value, key=lambda row: row.get("sort_order") or 0)
            result[key] = [_comparable(children[key], row, ignored) for row in rows]
        else:
            result[key] = value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
    return result


def _child_models(model: Any) -> dict[str, Any]:
    return {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)}


def _foreign_keys(model: Any) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
    ]


def references(model: Any, data: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield what the content of a revision refers to, as pairs of a model and a primary key."""
    for field in _foreign_keys(model):
        if data.get(field.name) is not None:
            yield field.remote_field.model, field.target_field.to_python(data[field.name])
    if issubclass(model, RecordLink) and (named := RecordLink.model_and_pk(data)):
        yield named
    for name, child in _child_models(model).items():
        for row in data.get(name, ()):
            yield from references(child, row)


def without_dangling(model: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Return the content `data` without references to rows that are gone.

    An optional reference becomes empty, a part that cannot be without its reference is left out. An old version of a
    record stays readable that way; what a record or its draft still refers to cannot be deleted at all.
    One query per model instead of one per reference; terms are known without any.
    """
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for target, pk in references(model, data):
        wanted[target].add(pk)
    known = {target: _existing(target, pks) for target, pks in wanted.items()}
    return _pruned(model, data, known, is_top=True) or {}


def _existing(model: Any, pks: set[Any]) -> set[Any]:
    found = {pk for pk in pks if entry_by_id(pk) is not None} if model is Term else set()
    missing = pks - found
    if missing:
        found |= set(model._base_manager.filter(pk__in=missing).values_list("pk", flat=True))
    return found


def _pruned(model: Any, data: dict[str, Any], known: dict[Any, set[Any]], *, is_top: bool) -> dict[str, Any] | None:
    result = dict(data)
    if issubclass(model, RecordLink):
        named = RecordLink.model_and_pk(data)
        if named is None or named[1] not in known[named[0]]:
            return None
    for field in _foreign_keys(model):
        value = data.get(field.name)
        if value is None or field.target_field.to_python(value) in known[field.remote_field.model]:
            continue
        if not field.null and not is_top:
            return None
        result[field.name] = None
    for name, child in _child_models(model).items():
        if name in data:
            rows = (_pruned(child, row, known, is_top=False) for row in data[name])
            result[name] = [row for row in rows if row is not None]
    return result
