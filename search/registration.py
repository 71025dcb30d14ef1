"""Registration: each app says which of its records can be found, by which words, and for whom.

Fields are allow-listed: what a source does not name is not searched. Until the engines come the ORM answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

LONGEST_QUERY = 256
MOST_TERMS = 32


@dataclass(frozen=True)
class Source:
    """What can be found of one model.

    `names` and `texts` are ORM paths (`name`, `texts__description`); names weigh more. `card` turns a record into
    what a result shows. Access is the model's own `visible_to`.
    """

    record_type: str
    model: Any
    label: Any
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    card: Callable[[Any], Any] | None = None


_sources: dict[str, Source] = {}
_opted_out: dict[Any, str] = {}


def register(source: Source) -> None:
    """Add a source. Raises ValueError if the record type has another one."""
    known = _sources.get(source.record_type)
    if known is not None and known.model is not source.model:
        raise ValueError(f"There is a search source for {source.record_type!r} already.")
    _sources[source.record_type] = source


def opt_out(model: Any, *, reason: str) -> None:
    """Say that a public model or page type is not searched, and why. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("An opt-out from the search needs a reason.")
    _opted_out[model] = reason


def sources() -> dict[str, Source]:
    """Return the sources by record type."""
    return dict(_sources)


def is_covered(model: Any) -> bool:
    """Say whether `model` registers a source or opted out."""
    return model in _opted_out or any(source.model is model for source in _sources.values())


def ranked_keys(record_type: str, words: str, user: Any) -> list[int]:
    """Return the primary keys of the records of a type that `user` may read and that have all `words`, best first.

    A record whose name begins with the words comes first, then names that have them, then texts.
    """
    source = _sources[record_type]
    terms = words.replace("\x00", " ")[:LONGEST_QUERY].split()[:MOST_TERMS]
    if not terms:
        return []
    visible = source.model.objects.visible_to(user)
    by_name = _matching(visible, source.names, terms)
    anywhere = _matching(visible, (*source.names, *source.texts), terms)
    first = _matching(visible, source.names, [" ".join(terms)], lookup="istartswith")
    return list(dict.fromkeys([*first, *by_name, *anywhere]))


def _matching(queryset: Any, paths: Iterable[str], terms: Iterable[str], *, lookup: str = "icontains") -> list[int]:
    condition = Q()
    for term in terms:
        any_path = Q()
        for path in paths:
            any_path |= Q(**{f"{path}__{lookup}": term})
        condition &= any_path
    return list(queryset.filter(condition).order_by("pk").values_list("pk", flat=True).distinct())
