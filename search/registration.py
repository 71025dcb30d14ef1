"""Registration: each app says which of its records can be found, by which words, and for whom.

Fields are allow-listed: what a source does not name is not searched. Until the engines come the ORM answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import get_language

from platform_site.texts.sorting import sort_text
from platform_site.texts.words import terms_of
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import FALLBACK_LANGUAGE, vocabulary
from search.documents import SearchDocument


@dataclass(frozen=True)
class Source:
    """What can be found of one model.

    `names` and `texts` are ORM paths (`name`, `texts__description`); names weigh more. `also` says what else a word can
    mean to a reader, as a condition on the records: labels of their terms, fields that not everybody may read. `card`
    turns a record into what a result shows. Access is the model's own `visible_to`.

    `published` gives the primary keys of all that is published, whatever its audience; `documents` what is indexed of
    these primary keys: what is not published any more is left out, and thereby taken from the index. `follows` names
    the models whose rows are part of the document, with the function that gives the primary keys of the records that a
    row belongs to: when it is written, they are indexed anew. `readable` says which primary keys a reader may read,
    where the model's `visible_to` does not.
    """

    record_type: str
    model: Any
    label: Any
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    also: Callable[[str, Any], Q] | None = None
    card: Callable[[Any], Any] | None = None
    published: Callable[[], Iterable[int]] | None = None
    documents: Callable[[Sequence[int]], Iterable[SearchDocument]] | None = None
    follows: Mapping[Any, Callable[[Any], Iterable[int]]] = field(default_factory=dict)
    readable: Callable[[Collection[int], Any], Collection[int]] | None = None
    # What judged queries (`search_eval`) call this type, and its records by the site's own keys, if otherwise.
    judged_as: str = ""
    judged_names: Callable[[], Mapping[str, str]] | None = None

    def readable_of(self, pks: Collection[int], user: Any) -> Collection[int]:
        """Return those of these primary keys that `user` may read now."""
        if self.readable is not None:
            return self.readable(pks, user)
        return set(self.model.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))


_sources: dict[str, Source] = {}
_opted_out: dict[Any, str] = {}


def register(source: Source) -> None:
    """Add a source, and listen to what changes it. Raises ValueError if the record type has another one."""
    known = _sources.get(source.record_type)
    if known is not None and known.model is not source.model:
        raise ValueError(f"There is a search source for {source.record_type!r} already.")
    _sources[source.record_type] = source
    from search import signals  # the tables of the index can be imported once the apps are there

    signals.connect(source)


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

    A record whose name begins with the words comes first, then names that have them, then texts and what else the
    words can mean. How words are read, and how many at most, is said in `platform_site.texts.words`.
    """
    source = _sources[record_type]
    terms = terms_of(words)
    if not terms:
        return []
    visible = source.model.objects.visible_to(user)
    begins = _holding(source, source.names, " ".join(terms), lookup="startswith")
    by_name, anywhere = Q(), Q()
    for term in terms:
        by_name &= _holding(source, source.names, term)
        meant = source.also(term, user) if source.also else Q(pk__in=[])
        anywhere &= _holding(source, (*source.names, *source.texts), term) | meant
    found = (
        visible.filter(condition).order_by("pk").values_list("pk", flat=True)
        for condition in (begins, by_name, anywhere)
    )
    return list(dict.fromkeys(chain.from_iterable(found)))


def _holding(source: Source, paths: Iterable[str], term: str, *, lookup: str = "contains") -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        holds = Q(**{f"{path}__folded__{lookup}": term})
        if LOOKUP_SEP in path:
            # Rows are asked for beside the record: joined, each would multiply the others.
            holds = Q(pk__in=source.model.objects.filter(holds).order_by().values("pk"))
        condition |= holds
    return condition


def terms_named(list_name: str, word: str) -> list[int]:
    """Return the primary keys of the terms of a list that `word` (folded) names, with those below them.

    A word names a term if a word of its label begins with it, in the active language or in English.
    """
    terms = vocabulary(list_name)
    codes: set[str] = set()
    for code, label_words in _label_words(versions.current("vocabulary"), list_name, get_language()):
        if any(label_word.startswith(word) for label_word in label_words):
            codes |= terms.with_descendants(code)
    return [terms[code].id for code in sorted(codes)]


@lru_cache(maxsize=32)
def _label_words(_token: str, list_name: str, language: str | None) -> list[tuple[str, frozenset[str]]]:
    return [
        (
            entry.code,
            frozenset(re.findall(r"\w+", sort_text(f"{entry.label(language)} {entry.label(FALLBACK_LANGUAGE)}"))),
        )
        for entry in vocabulary(list_name)
    ]
