"""Facets: one declaration gives the form, the query, the counts, the chips, the address and the test cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import get_language

from platform_site.texts.sorting import sort_text
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary

# Lists whose own order tells a reader nothing: their terms stand by their names in the reader's language.
BY_NAME = frozenset({"countries", "languages"})


@dataclass(frozen=True)
class Option:
    """A value of a facet: its code in addresses, its words in the active language, the code above it or ""."""

    value: str
    label: str
    parent: str = ""


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list.

    `name` is the parameter in addresses. `scope` says what a value belongs to: the record, or one of its rows (a
    service); all chosen facets of scope "row" must hold on the *same* row. `absent` says what a row without a value
    means: "no", or "not_stated", neither yes nor no. `options` gives the values in their order; `expand` turns a
    value of a record into all values of the filter that it answers to (itself and its parents). With `by_name` the
    options stand by their names, so that the chosen ones may be put before the others; else their order says something.
    With `is_whole` all options that find something are offered at once, however many.
    """

    name: str
    label: Any
    options: Callable[[], Sequence[Option]]
    expand: Callable[[str], Iterable[str]] = lambda value: (value,)
    scope: Literal["record", "row"] = "record"
    absent: Literal["no", "not_stated"] = "no"
    many: bool = True
    by_name: bool = False
    is_whole: bool = False

    def expanded(self, values: Iterable[str]) -> frozenset[str]:
        """Return every filter value that a record or row with `values` answers to."""
        return frozenset(wider for value in values for wider in self.expand(value))

    def fitting(self, held: Iterable[str], chosen: frozenset[str]) -> str:
        """Return in words those of the `held` values by which a record answers to the `chosen` ones; "" for none.

        A value that is no longer offered is said with the one above it, by which it was found.
        """
        labels = {option.value: option.label for option in self.options()}
        words = [
            next((labels[wider] for wider in self.expand(value) if wider in labels), value)
            for value in held
            if self.expanded([value]) & chosen
        ]
        return ", ".join(dict.fromkeys(words))


@lru_cache(maxsize=256)
def _offered(_token: str, list_name: str, _language: str | None) -> list[Option]:
    """Return the options of a list in the active language; made once as long as the lists do not change."""
    options = [Option(entry.code, entry.label(), entry.parent) for entry in vocabulary(list_name).offered()]
    return sorted(options, key=lambda option: sort_text(option.label)) if list_name in BY_NAME else options


def term_facet(name: str, label: Any, list_name: str, **options: Any) -> Facet:
    """Return the facet of a controlled list: a parent includes its children."""

    def offered() -> list[Option]:
        return _offered(versions.current("vocabulary"), list_name, get_language())

    def expand(code: str) -> tuple[str, ...]:
        return vocabulary(list_name).with_ancestors(code) or (code,)

    return Facet(name=name, label=label, options=offered, expand=expand, **{"by_name": list_name in BY_NAME, **options})


def choice_facet(name: str, label: Any, choices: Callable[[], Iterable[tuple[str, Any]]], **options: Any) -> Facet:
    """Return a facet over choices: pairs of value and label, which may depend on the language and on the day."""

    @lru_cache(maxsize=16)
    def offered(_language: str | None, _day: date) -> tuple[Option, ...]:
        return tuple(Option(value, str(text)) for value, text in choices())

    return Facet(name=name, label=label, options=lambda: offered(get_language(), timezone.localdate()), **options)
