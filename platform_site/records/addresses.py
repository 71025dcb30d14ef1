"""The last part of a record's address: made from its name, and kept once it was published."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db import models
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii


def plain_slug(name: str) -> str:
    """Return the address that a record named `name` gets if it is free: letters, digits, hyphens; 100 at most."""
    return slugify(string_to_ascii(name))[:100].strip("-_") or "entry"


def free_slug(model: type[models.Model], name: str, *, besides: Any = None) -> str:
    """Return an address for a record named `name` that no record of `model` has but the one with key `besides`."""
    base = plain_slug(name)
    others = model._default_manager.filter(slug__startswith=base).exclude(pk=besides)
    taken = set(others.values_list("slug", flat=True))
    slug, numbers = base, count(2)
    while slug in taken:
        slug = f"{base}-{next(numbers)}"
    return slug


def address_field(model: Any) -> Any:
    """Return the field of a record class that addresses are made of: the slug, the number, the country.

    It is the one that is unique beside the name. Raises StopIteration for a class without one.
    """
    fields = model._meta.concrete_fields
    return next(field for field in fields if field.unique and not field.primary_key and field.name != "name")


def published_address(record: Any) -> Any | None:
    """Return what the field of a record's address holds in the database; None if it was never published.

    A draft may hold something else: one that was written before the record was published.
    """
    published = models.Q(live=True) | models.Q(first_published_at__isnull=False)
    rows = type(record)._default_manager.filter(published, pk=record.pk)
    return rows.values_list(address_field(type(record)).attname, flat=True).first()


def keep_address(revision: Any, record: Any) -> None:
    """Let `revision` of `record` go live under the address that was published, whatever its draft says: links lead
    there. What the revision holds in the database stays as it was written.
    """
    kept, name = published_address(record), address_field(type(record)).name
    if kept is not None and revision.content.get(name) != kept:
        revision.content = {**revision.content, name: kept}


def has_other_number(record: Any) -> bool:
    """Say whether `record` holds another number than the one under which it was published."""
    field = address_field(type(record))
    if not isinstance(field, models.IntegerField):
        return False
    given, kept = getattr(record, field.attname), published_address(record)
    return None not in (given, kept) and given != kept
