"""Widening a query: what names a concept is looked for by the concept's other words too, in all languages, for less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.analysis import stem
from search.thesaurus.selectors import KnownConcept, Thesaurus, thesaurus
from search.thesaurus.trie import ACRONYM, HIDDEN, PREFERRED, Label, Match, words_in
from search.tree import Alternative, Expanded, Part, Phrase, Query, Word

# Of the language in which the concept was named, and of the others.
SAME_LANGUAGE, OTHER_LANGUAGE = 0.8, 0.6
MOST_LABELS, MOST_CONCEPTS, MOST_SUGGESTIONS = 12, 3, 6


@dataclass(frozen=True)
class Added:
    """A label by which the search looked as well, and its language."""

    label: str
    language: str


@dataclass(frozen=True)
class Expansion:
    """What was done for one concept: the words that name it, the labels that were added, its entry in the glossary."""

    concept: str
    words: str
    labels: tuple[Added, ...]
    href: str


@dataclass(frozen=True)
class Suggestion:
    """A concept that is broader than, or related to, one that the query names; `relation` says which."""

    concept: str
    relation: str
    label: str
    language: str
    href: str


def expand(query: Query, languages: Sequence[str]) -> tuple[Query, list[Expansion]]:
    """Return `query` with the words that name a concept widened, and what was added, in the order of the query.

    `languages` are those to look in, the reader's first. Phrases, what must not occur, alternatives, beginnings of
    words and words for one field stay as they are.
    """
    known = thesaurus()
    parts: list[Part] = list(query.parts)
    done: list[Expansion] = []
    chosen = sorted(_named(known, query, languages), key=lambda found: found[0] - found[1])[:MOST_CONCEPTS]
    # From the end, so that places before it keep their numbers.
    for first, end, match in sorted(chosen, key=lambda found: found[0], reverse=True):
        concept = known.concepts[match.label.concept]
        words = tuple(part for part in query.parts[first:end] if isinstance(part, Word))
        typed = tuple(token for word in words for token in words_in(word.text))
        labels = _labels(concept, match.label, typed, languages)
        if not labels:
            continue
        alternatives = tuple(_alternative(label, match.label.language) for label in labels)
        parts[first:end] = [Expanded(words, alternatives, concept.code)]
        shown = {label.words: Added(label.text, label.language) for label in reversed(labels)}
        added = tuple(reversed(shown.values()))
        done.append(Expansion(concept.code, " ".join(word.text for word in words), added, concept.href()))
    return replace(query, parts=tuple(parts)), done[::-1]


def suggestions(query: Query, languages: Sequence[str]) -> list[Suggestion]:
    """Return what is broader than or related to the concepts that `query` names, without these, for the reader of the
    first of `languages`.
    """
    known = thesaurus()
    concepts = [known.concepts[match.label.concept] for _first, _end, match in _named(known, query, languages)]
    named = {concept.code for concept in concepts}
    found: dict[str, Suggestion] = {}
    for relation in ("broader", "related"):
        for concept in concepts:
            for code in getattr(concept, relation):
                other = known.concepts[code]
                label = other.preferred(languages[0] if languages else None)
                if code not in named and other.is_public and label is not None:
                    found.setdefault(code, Suggestion(code, relation, label.text, label.language, other.href()))
    return list(found.values())[:MOST_SUGGESTIONS]


def _named(known: Thesaurus, query: Query, languages: Sequence[str]) -> Iterator[tuple[int, int, Match]]:
    """Yield the matches in the plain words of `query`, each with the numbers of its first part and of the one after."""
    run: list[int] = []
    for number, part in enumerate((*query.parts, None)):
        if isinstance(part, Word) and not part.is_prefix and not part.field:
            run.append(number)
        elif run:
            yield from _named_in_run(known, query, run, languages)
            run = []


def _named_in_run(
    known: Thesaurus, query: Query, run: list[int], languages: Sequence[str]
) -> Iterator[tuple[int, int, Match]]:
    # A word as typed may be several to the thesaurus (`d'asile`, `TRM-EU`): a match takes all of it or none.
    words: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for number in run:
        part = query.parts[number]
        within = words_in(part.text) if isinstance(part, Word) else ()
        if within:
            starts[len(words)] = number
            words += within
            ends[len(words)] = number + 1
    for match in known.trie.matches(words, languages, starts=starts, ends=ends):
        yield starts[match.start], ends[match.end], match


def _labels(concept: KnownConcept, named: Label, typed: tuple[str, ...], languages: Sequence[str]) -> list[Label]:
    """Return the labels to add: preferred ones first, then words of the language in which the concept was named, then
    acronyms, then what the other languages say, in turn.
    """
    order = {language: number for number, language in enumerate(languages)}
    numbers: dict[str, int] = defaultdict(int)
    placed: list[tuple[tuple[int, int, int], Label]] = []
    for label in concept.labels:
        if not label.expand or label.kind == HIDDEN or label.language not in order or not label.words:
            continue
        number = numbers[label.language] = numbers[label.language] + 1
        if label.kind == PREFERRED:
            place = (0, 0, order[label.language])
        elif label.kind == ACRONYM:
            place = (2, 0, order[label.language])
        elif label.language == named.language:
            place = (1, number, 0)
        else:
            place = (3, number, order[label.language])
        placed.append((place, label))
    found: dict[tuple[str, ...], Label] = {}
    for _place, label in sorted(placed, key=lambda pair: pair[0]):
        own = tuple(stem(word, label.language) for word in label.words)
        # What was typed is stemmed in all languages anyway.
        if label.words != typed and own != tuple(stem(word, label.language) for word in typed):
            found.setdefault(own, label)
    return list(found.values())[:MOST_LABELS]


def _alternative(label: Label, language: str) -> Alternative:
    part = Word(label.words[0]) if len(label.words) == 1 else Phrase(label.words)
    return Alternative(part, label.language, SAME_LANGUAGE if label.language == language else OTHER_LANGUAGE)
