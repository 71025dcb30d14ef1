"""The last part of a record's address, made from its name."""

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
