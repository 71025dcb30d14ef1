"""The published thesaurus in memory, read anew when a concept was published: no query as long as it stays the same."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from platform_site.records.audiences import Audience
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import FALLBACK_LANGUAGE
from search.analysis import tokens
from search.thesaurus.trie import HIDDEN, PREFERRED, Label, LabelTrie, make_label

BROADER, RELATED = "broader", "related"
GERMAN = "de"


@dataclass(frozen=True)
class KnownConcept:
    """A published concept: its labels in their order, and the codes of what is broader, narrower and related."""

    pk: int
    code: str
    audience: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def preferred(self, language: str | None = None) -> Label | None:
        """Return the preferred label in `language` (default: the active one), else the English one, else any."""
        wanted = (language or get_language() or FALLBACK_LANGUAGE).split("-")[0]
        return self._preferred.get(wanted) or self._preferred.get(FALLBACK_LANGUAGE) or self._any

    @cached_property
    def _preferred(self) -> dict[str, Label]:
        return {label.language: label for label in reversed(self.labels) if label.kind == PREFERRED}

    @property
    def _any(self) -> Label | None:
        return next(iter(self._preferred.values()), None)

    def name(self, language: str | None = None) -> str:
        """Return the preferred label as text (see `preferred`); the code without one."""
        label = self.preferred(language)
        return label.text if label else self.code

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.audience == Audience.PUBLIC

    def href(self) -> str:
        """Return the address of its entry in the glossary, in the active language."""
        return reverse("search:concept_detail", args=[self.code])


class Named(NamedTuple):
    """A concept that a text names from character `start` to before `end`."""

    concept: KnownConcept
    start: int
    end: int


@dataclass(frozen=True)
class Thesaurus:
    """All published concepts by code. Words of concepts that are for some do not widen anybody's search: they would
    tell of them.
    """

    concepts: dict[str, KnownConcept] = field(default_factory=dict)

    @cached_property
    def trie(self) -> LabelTrie:
        """The labels of the concepts that everybody may read."""
        return LabelTrie(self._public_labels())

    @cached_property
    def owners(self) -> dict[tuple[str, ...], KnownConcept]:
        """The concept to which each label that widens a search belongs, by its folded words."""
        return {label.words: concept for concept in self.concepts.values() for label in concept.labels if label.expand}

    @cached_property
    def german_stems(self) -> frozenset[str]:
        """The stems of the words of all German labels; acronyms are no parts of compounds."""
        return frozenset(
            step
            for label in self._public_labels()
            if label.language == GERMAN and label.kind not in (HIDDEN, "acronym")
            for step in label.path
        )

    def _public_labels(self) -> Iterator[Label]:
        for concept in self.concepts.values():
            if concept.is_public:
                yield from concept.labels

    def named(self, text: str, languages: tuple[str, ...] = ()) -> list[Named]:
        """Return what `text` names, from left to right; labels of `languages` go before those of others."""
        found = list(tokens(text))
        return [
            Named(self.concepts[match.label.concept], found[match.start][1], found[match.end - 1][2])
            for match in self.trie.matches([word for word, _start, _end in found], languages)
        ]


_lock = threading.Lock()
_kept: tuple[str, Thesaurus] | None = None


def thesaurus() -> Thesaurus:
    """Return the published thesaurus."""
    global _kept
    token = versions.current("concept")
    kept = _kept
    if kept is None or kept[0] != token:
        with _lock:
            kept = _kept
            if kept is None or kept[0] != token:
                kept = _kept = (token, _load())
    return kept[1]


def _load() -> Thesaurus:
    from search.models import Concept, ConceptLabel, ConceptRelation

    labels: dict[int, list[Label]] = defaultdict(list)
    rows = ConceptLabel.objects.filter(concept__live=True).order_by("concept__code", "sort_order", "pk")
    values = rows.values_list("concept_id", "concept__code", "language", "label", "kind", "expand")
    for pk, code, language, label, kind, expand in values:
        labels[pk].append(make_label(code, language, label, kind, expand))
    relations: dict[tuple[str, str], set[str]] = defaultdict(set)
    pairs = ConceptRelation.objects.filter(concept__live=True, other__live=True)
    for kind, code, other in pairs.values_list("kind", "concept__code", "other__code"):
        relations[kind, code].add(other)
        # Said once by an editor it holds both ways.
        relations[RELATED if kind == RELATED else "narrower", other].add(code)
    concepts = Concept.objects.published().order_by("code").values_list("pk", "code", "audience")
    return Thesaurus(
        {
            code: KnownConcept(
                pk=pk,
                code=code,
                audience=audience,
                labels=tuple(labels[pk]),
                broader=tuple(sorted(relations[BROADER, code])),
                narrower=tuple(sorted(relations["narrower", code])),
                related=tuple(sorted(relations[RELATED, code])),
            )
            for pk, code, audience in concepts
        }
    )


def named(text: str, languages: tuple[str, ...] = ()) -> list[Named]:
    """Return the concepts that `text` names, with their places, from left to right: the longest label at each place.

    Labels that mean something else as well are passed over.
    """
    return thesaurus().named(text, languages)


def label_words() -> frozenset[str]:
    """Return the stems of the words of all German labels: of what compounds are made."""
    return thesaurus().german_stems
