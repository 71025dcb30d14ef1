"""The controlled lists in memory: labels, parents and codes without a query.

About 1,000 terms; loaded once per process and data version.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from platform_site.vocabulary import versions

FALLBACK_LANGUAGE = "en"


def label_in(labels: dict[str, str], language: str | None = None) -> str:
    """Return the label in `language` (default: the active one), else the English one."""
    wanted = (language or get_language() or FALLBACK_LANGUAGE).split("-")[0]
    return labels.get(wanted) or labels.get(FALLBACK_LANGUAGE, "")


def group_name(list_name: str, group: str) -> str:
    """Return the name under which one group of a list is had as a list of its own; "" without a group."""
    return f"{list_name}__{group}" if group else ""


@dataclass(frozen=True)
class Entry:
    """A term as it is read: `id` is the primary key, `code` the stable name, `parent` the code above or ""."""

    id: int
    vocabulary: str
    code: str
    parent: str
    labels: dict[str, str] = field(hash=False, compare=False)
    scope_note: str = field(compare=False)
    retired: bool = field(compare=False)
    attributes: dict[str, Any] = field(hash=False, compare=False)
    order: int = field(compare=False)

    def label(self, language: str | None = None) -> str:
        """Return the label in `language` (default: the active one), else the English one, else the code."""
        return label_in(self.labels, language) or self.code

    @cached_property
    def list_names(self) -> frozenset[str]:
        """The names under which the term is had: its list's, and that of its group in it (see `group_name`)."""
        group = group_name(self.vocabulary, self.attributes.get("group", ""))
        return frozenset({self.vocabulary, group} if group else {self.vocabulary})

    @property
    def short_code(self) -> str:
        """The code without its group: `female` of `gender/female`."""
        return self.code.removeprefix(f"{self.attributes.get('group', '')}/")

    def __str__(self) -> str:
        return self.label()


class Vocabulary:
    """One controlled list, in its order."""

    def __init__(self, name: str, entries: Iterable[Entry]) -> None:
        self.name = name
        self.entries = {entry.code: entry for entry in entries}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, code: str) -> Entry | None:
        """Return the entry of `code`, or None."""
        return self.entries.get(code)

    def __getitem__(self, code: str) -> Entry:
        return self.entries[code]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for entry in self:
            children.setdefault(entry.parent, []).append(entry.code)
        return children

    def children(self, code: str) -> list[Entry]:
        """Return the entries right below `code` ("" for the top), in order."""
        return [self.entries[child] for child in self._children.get(code, [])]

    def with_descendants(self, code: str) -> frozenset[str]:
        """Return `code` and every code below it: what a filter on `code` means."""
        found, waiting = {code}, [code]
        while waiting:
            for child in self._children.get(waiting.pop(), []):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    def with_ancestors(self, code: str) -> tuple[str, ...]:
        """Return `code` and the codes above it, nearest first: the filters that a record with `code` answers to."""
        chain, entry = [], self.entries.get(code)
        while entry is not None and entry.code not in chain:
            chain.append(entry.code)
            entry = self.entries.get(entry.parent)
        return tuple(chain)

    def label(self, code: str, language: str | None = None) -> str:
        """Return the label of `code`, or the code itself if the list does not have it."""
        entry = self.entries.get(code)
        return entry.label(language) if entry else code

    def offered(self) -> list[Entry]:
        """Return the entries that can still be chosen, parents before their children."""
        ordered: list[Entry] = []

        def add(parent: str) -> None:
            for entry in self.children(parent):
                if not entry.retired:
                    ordered.append(entry)
                add(entry.code)

        add("")
        return ordered


@dataclass(frozen=True)
class _Store:
    token: str
    lists: dict[str, Vocabulary]
    groups: dict[str, Vocabulary]
    by_id: dict[int, Entry]


_lock = threading.Lock()
_store: _Store | None = None


def _load(token: str) -> _Store:
    from platform_site.vocabulary.models import LABEL_LANGUAGES, Term

    grouped: dict[str, list[Entry]] = {}
    groups: dict[str, list[Entry]] = {}
    by_id: dict[int, Entry] = {}
    rows = list(Term.objects.order_by("vocabulary", "sort_order", "code"))
    codes = {row.pk: row.code for row in rows}
    for row in rows:
        entry = Entry(
            id=row.pk,
            vocabulary=row.vocabulary,
            code=row.code,
            parent=codes.get(row.parent_id, "") if row.parent_id else "",
            labels={language: getattr(row, f"label_{language}") for language in LABEL_LANGUAGES},
            scope_note=row.scope_note,
            retired=row.retired,
            attributes=row.attributes,
            order=row.sort_order,
        )
        grouped.setdefault(row.vocabulary, []).append(entry)
        if name := group_name(row.vocabulary, row.attributes.get("group", "")):
            groups.setdefault(name, []).append(entry)
        by_id[row.pk] = entry
    return _Store(token, _as_lists(grouped), _as_lists(groups), by_id)


def _as_lists(grouped: dict[str, list[Entry]]) -> dict[str, Vocabulary]:
    return {name: Vocabulary(name, entries) for name, entries in grouped.items()}


def _current() -> _Store:
    global _store
    token = versions.current("vocabulary")
    store = _store
    if store is None or store.token != token:
        with _lock:
            store = _store
            if store is None or store.token != token:
                store = _store = _load(token)
    return store


def vocabulary(name: str) -> Vocabulary:
    """Return the list `name` (the name of its file: `service_types` …); an empty one if it has no terms.

    One group of a list is had by its own name (`group_name`: `case_template_options__gender`).
    """
    store = _current()
    return store.lists.get(name) or store.groups.get(name) or Vocabulary(name, [])


def vocabulary_names() -> list[str]:
    """Return the names of all lists that have terms, sorted."""
    return sorted(_current().lists)


def entry_by_id(pk: int | None) -> Entry | None:
    """Return the entry whose primary key is `pk`: the label of a foreign key without a query."""
    return _current().by_id.get(pk) if pk is not None else None


def term_id(name: str, code: str) -> int:
    """Return the primary key of a term. Raises KeyError if the list `name` has no `code`."""
    return vocabulary(name)[code].id
