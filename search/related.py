"""The `related` door: what else belongs to a record, asked without knowing the app that has it.

The directory shows the practice charts of an organisation through this door, since it may not import `practices`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RelatedItem:
    """One line of a related block. `kind` is a record type; `country` a code for the plate or ""."""

    kind: str
    title: str
    url: str
    facts: str = ""
    country: str = ""
    language: str = ""
    # Of the record where not everybody may read it, so that the line says so.
    audience: str = ""


@dataclass(frozen=True)
class RelatedBlock:
    """What one provider found: a heading, the items that the reader may see, and a link to all of them."""

    kind: str
    heading: str
    items: Sequence[RelatedItem]
    total: int
    more_url: str = ""


Provider = Callable[[str, Any, int], RelatedBlock | None]
_providers: dict[tuple[str, str], Provider] = {}


def register(subject: str, kind: str, provider: Provider) -> None:
    """Add a provider for a kind of subject.

    `subject` is a record type, `country` or `country_pair`. The provider gets the subject's public id (an
    organisation's primary key as text, a country's code, the codes of a pair as `DE-RO`), the reader and the number
    of items wanted; it returns None for nothing. Raises ValueError for a second provider of the same kind.
    """
    if _providers.get((subject, kind), provider) is not provider:
        raise ValueError(f"{subject} has a provider of {kind!r} already.")
    _providers[(subject, kind)] = provider


def related_to(subject: str, subject_id: str, user: Any, *, limit: int = 6) -> list[RelatedBlock]:
    """Return the blocks that belong to a subject, in order of registration, empty ones left out."""
    blocks = []
    for (wanted, _kind), provider in _providers.items():
        if wanted == subject:
            block = provider(subject_id, user, limit)
            if block is not None and block.items:
                blocks.append(block)
    return blocks
