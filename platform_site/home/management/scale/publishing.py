"""Many new records at once: the rows that `publish_record` would write, in a handful of statements.

For invented content only: nothing here asks the publish gate, which takes longer than all the rest. A test holds both
ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from platform_site.vocabulary import versions
from search.outbox import note

BATCH = 500


@transaction.atomic
def publish_many(records: Sequence[Any]) -> None:
    """Write new, unsaved records of one class as published, with their parts."""
    if not records:
        return
    model = type(records[0])
    for record in records:
        record.live, record.has_unpublished_changes = False, True
    model.objects.bulk_create(records, batch_size=BATCH)
    _create_parts(model, records)
    revisions = _create_revisions(model, records)
    now = timezone.now()
    for record, revision in zip(records, revisions, strict=True):
        record.latest_revision = record.live_revision = revision
        record.live, record.has_unpublished_changes = True, False
        record.first_published_at = record.last_published_at = now
    model.objects.bulk_update(records, ["latest_revision", "live_revision"], batch_size=BATCH)
    for start in range(0, len(records), BATCH):
        keys = [record.pk for record in records[start : start + BATCH]]
        model.objects.filter(pk__in=keys).update(
            live=True, has_unpublished_changes=False, first_published_at=now, last_published_at=now
        )
    _create_log(model, records)
    for record in records:
        ReferenceIndex.create_or_update_for_object(record)
    # Written in bulk, without the signals of each.
    note(((model.record_type, record.pk) for record in records), is_bulk=True)
    versions.bump(model.record_type)


def _create_parts(model: Any, owners: Sequence[Any]) -> None:
    for relation in get_all_child_relations(model):
        parts = []
        for owner in owners:
            for part in getattr(owner, relation.get_accessor_name()).get_object_list():
                setattr(part, relation.field.name, owner)
                parts.append(part)
        relation.related_model.objects.bulk_create(parts, batch_size=BATCH)
        if parts and hasattr(relation.related_model, "serializable_data"):
            _create_parts(relation.related_model, parts)


def _create_revisions(model: Any, records: Sequence[Any]) -> list[Revision]:
    content_type = ContentType.objects.get_for_model(model)
    return Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                base_content_type=content_type,
                object_id=str(record.pk),
                created_at=timezone.now(),
                object_str=str(record),
                content=record.serializable_data(),
            )
            for record in records
        ],
        batch_size=BATCH,
    )


def _create_log(model: Any, records: Sequence[Any]) -> None:
    content_type = ContentType.objects.get_for_model(model)
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=content_type,
                object_id=str(record.pk),
                label=str(record),
                action=action,
                timestamp=timezone.now(),
                revision=record.latest_revision,
                content_changed=True,
            )
            for record in records
            for action in ("wagtail.edit", "wagtail.publish")
        ],
        batch_size=BATCH,
    )
