"""Putting documents together: texts by language, the words of terms in every language, facets, rules and twins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix
from django.utils import timezone

from platform_site.accounts.principals import MEMBER, PUBLIC
from platform_site.records.audiences import PRINCIPALS, Audience
from platform_site.texts.formatted import plain
from platform_site.texts.partial_dates import first_day, is_partial_date
from platform_site.vocabulary.models import LABEL_LANGUAGES
from platform_site.vocabulary.store import Entry, vocabulary
from search.documents import TWIN, SearchDocument, Texts
from search.rules import any_of

# Readers for whom a document is written: what else somebody may read by role is in no document.
FOR_EVERYBODY = frozenset({PUBLIC})
FOR_MEMBERS = frozenset({PUBLIC, MEMBER})
TWIN_OF_MEMBERS = f"{TWIN}member"
_BETWEEN = {"names": "; "}


class Collected:
    """The texts of one document while they are collected, by language and field; what is said again is kept once."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, dict[str, None]]] = {}

    def add(self, field: str, language: str, *texts: str) -> None:
        """Add plain texts to a field (`title`, `names`, `summary`, `body`) in a language; empty ones are left out."""
        for text in texts:
            if words := text.strip():
                self._parts.setdefault(language, {}).setdefault(field, {})[words] = None

    def add_labels(self, entries: Iterable[Entry | None], field: str = "names") -> None:
        """Add what terms are called, in each language in which they have a label."""
        for entry in entries:
            if entry is not None:
                for language in LABEL_LANGUAGES:
                    self.add(field, language, entry.labels.get(language, ""))

    def texts(self) -> dict[str, Texts]:
        """Return the texts by language."""
        return {
            language: Texts(
                **{
                    field.name: _BETWEEN.get(field.name, "\n").join(by_field.get(field.name, ()))
                    for field in fields(Texts)
                }
            )
            for language, by_field in self._parts.items()
        }


def published_pks(model: Any) -> Callable[[], list[int]]:
    """Return, for `Source.published`, the function that gives the primary keys of all published records of a class."""
    return lambda: list(model.objects.published().order_by("pk").values_list("pk", flat=True))


def belonging_to(name: str) -> Callable[[Any], list[int]]:
    """Return, for `Source.follows`, the function that gives the primary key in the field `name` of a row (`record_id`).

    >>> from types import SimpleNamespace
    >>> belonging_to("record_id")(SimpleNamespace(record_id=7))
    [7]
    """
    return lambda row: [getattr(row, name)]


def naming(model: Any, name: str, owner: str) -> Callable[[Any], list[int]]:
    """Return, for `Source.follows`, the function that gives the values of `owner` of the rows of `model` whose field
    `name` is what was written: which charts name an organisation, say.
    """
    return lambda target: list(
        model._base_manager.filter(**{name: target.pk}).order_by(owner).values_list(owner, flat=True).distinct()
    )


def rule_of(audience: str) -> str:
    """Return the rule for what is meant for an audience of records."""
    return any_of(PRINCIPALS[audience])


def with_twin(audience: str, build: Callable[[frozenset[str]], SearchDocument]) -> Iterator[SearchDocument]:
    """Yield the documents of a record for `audience`, which `build` makes as readers with given principals see it.

    One for everybody and, where members read more in it, its twin; of a record that is not for everybody one document.
    """
    if audience != Audience.PUBLIC:
        yield replace(build(FOR_MEMBERS), rule=rule_of(audience))
        return
    public, members = build(FOR_EVERYBODY), build(FOR_MEMBERS)
    if public == members:
        yield public
        return
    rule = rule_of(Audience.MEMBERS)
    yield replace(public, hidden_by=rule)
    yield replace(members, key=members.key + TWIN_OF_MEMBERS, rule=rule)


def codes_of(list_name: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes of a list with those above them, each once: what a filter on any of them finds."""
    terms = vocabulary(list_name)
    return tuple(dict.fromkeys(wider for code in codes for wider in terms.with_ancestors(code)))


def entries_above(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that stand above these in their lists, each once."""
    return [
        vocabulary(name)[code]
        for name, code in dict.fromkeys(
            (entry.vocabulary, code)
            for entry in entries
            for code in vocabulary(entry.vocabulary).with_ancestors(entry.code)[1:]
        )
    ]


def facets_of(
    more: Mapping[str, Iterable[str]] | None = None, /, **values: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return facets by name (`more` are those whose names have dots), without empty codes and empty facets."""
    given = {**values, **(more or {})}
    found = {name: tuple(dict.fromkeys(code for code in codes if code)) for name, codes in given.items()}
    return {name: codes for name, codes in found.items() if codes}


def years(first: str, last: str | int = "") -> tuple[str, ...]:
    """Return the years from one partial date to another (default: the same), as codes of a facet; none without one."""
    begin, end = first[:4], str(last)[:4]
    if not begin and not end:
        return ()
    return tuple(str(year) for year in range(int(begin or end), int(end or begin) + 1))


def day_of(partial: str) -> date | None:
    """Return the first day of a partial date, None for none."""
    return first_day(partial) if is_partial_date(partial) else None


def published_day(record: Any) -> date | None:
    """Return the day on which a record or page was last published here; None for what was imported: that day says
    nothing of the content.
    """
    moment = record.last_published_at
    return timezone.localdate(moment) if moment and record.imported_on is None else None


@lru_cache(maxsize=512)
def words_of(source: str) -> str:
    """Return the words of formatted text; kept for a while, because a twin says most of what its item says."""
    return plain(source)


def path_of(address: str) -> str:
    """Return an address of this site, as `reverse` gives it, without what stands before the rest: prefix and language.

    >>> path_of("/en/directory/la-strada/")
    'directory/la-strada/'
    """
    path = address.removeprefix(get_script_prefix())
    language, _slash, rest = path.partition("/")
    return rest if language in dict(settings.LANGUAGES) else path
