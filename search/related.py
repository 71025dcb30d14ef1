"""The `related` door: what else belongs to a record, asked without knowing the app that has it.

The directory shows the practice charts of an organisation through this door, since it may not import `practices`, and
the records that a programme names (`platform_site.records.models.RecordLink`) as their own apps show them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
Lines = Callable[[Collection[int], Any], Mapping[int, RelatedItem]]
_lines: dict[str, Lines] = {}


def register(subject: str, kind: str, provider: Provider) -> None:
    """Add a provider for a kind of subject.

    `subject` is a record type, `practice_number`, `country`, `country_pair`, `source` or `source_place`. The provider
    gets the subject's id (of a record its primary key as text, a chart's number, a country's code, the codes of a pair
    as `DE-RO`), the reader and the number of items wanted; it returns None for nothing. Of a record's blocks `kind` is
    the type of the records in it: pages that are kept are drawn anew when one of these changes. Raises ValueError for
    a second provider of the same kind.
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


def kinds_of(subject: str) -> list[str]:
    """Return the kinds of blocks that there can be for a subject."""
    return [kind for wanted, kind in _providers if wanted == subject]


def register_lines(record_type: str, provider: Lines) -> None:
    """Say how records of a type look as lines on pages of other apps.

    The provider gets primary keys and the reader, and returns those that the reader may read. Raises ValueError for a
    second provider of the same type.
    """
    if _lines.get(record_type, provider) is not provider:
        raise ValueError(f"There are lines of {record_type!r} already.")
    _lines[record_type] = provider


def lines_of(targets: Iterable[tuple[str, int]], user: Any) -> dict[tuple[str, int], RelatedItem]:
    """Return, in their order, those of the records `targets` (type and primary key) that `user` may read, as lines.

    The number of queries does not grow with that of the records.
    """
    wanted = list(dict.fromkeys(targets))
    found: dict[tuple[str, int], RelatedItem] = {}
    for record_type in dict.fromkeys(record_type for record_type, _pk in wanted):
        provider = _lines.get(record_type)
        if provider is not None:
            pks = [pk for kind, pk in wanted if kind == record_type]
            found.update({(record_type, pk): item for pk, item in provider(pks, user).items()})
    return {target: found[target] for target in wanted if target in found}
