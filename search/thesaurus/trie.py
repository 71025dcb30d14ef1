"""The words of labels as trees of stems, one for each language: the longest label at a place of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.analysis import stem, tokens

PREFERRED, ALTERNATIVE, ACRONYM, HIDDEN = "pref", "alt", "acronym", "hidden"
# Which label names a place of a text, where several do.
RANKS = {PREFERRED: 0, ACRONYM: 1, ALTERNATIVE: 2, HIDDEN: 3}
# Before a word of an acronym: it is matched as it is, and no stem begins so.
WHOLE = "="


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded."""
    return tuple(word for word, _start, _end in tokens(text))


@dataclass(frozen=True)
class Label:
    """A label as it is searched for: `words` are those of `text`, folded; `path` is what the tree holds."""

    concept: str
    language: str
    text: str
    kind: str
    expand: bool
    words: tuple[str, ...]
    path: tuple[str, ...]


def make_label(concept: str, language: str, text: str, kind: str, expand: bool) -> Label:
    """Return a label with its words and its path."""
    words = words_in(text)
    whole = kind == ACRONYM
    path = tuple(f"{WHOLE}{word}" if whole else stem(word, language) for word in words)
    return Label(concept, language, text, kind, expand, words, path)


class Match(NamedTuple):
    """The label that stands at the words from `start` to before `end`."""

    start: int
    end: int
    label: Label


class _Node:
    __slots__ = ("children", "labels")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.labels: list[Label] = []


class LabelTrie:
    """Labels by language and stem. Those that do not widen a search are no matches, but say what a stem means, too."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._roots: dict[str, _Node] = {}
        for label in labels:
            if not label.path:
                continue
            node = self._roots.setdefault(label.language, _Node())
            for step in label.path:
                node = node.children.setdefault(step, _Node())
            node.labels.append(label)

    def matches(
        self,
        words: Sequence[str],
        languages: Sequence[str] = (),
        *,
        starts: Collection[int] | None = None,
        ends: Collection[int] | None = None,
    ) -> Iterator[Match]:
        """Yield what stands in `words` (folded), from left to right, the longest label at each place, none within
        another. `languages` go before others where labels of several fit equally. A match begins at one of `starts`
        and ends before one of `ends` (default: anywhere).
        """
        order = {language: number for number, language in enumerate(languages)}
        stems = {language: [stem(word, language) for word in words] for language in self._roots}
        at = 0
        while at < len(words):
            found = None
            if starts is None or at in starts:
                found = self._longest(words, stems, at, order, ends)
            if found is None:
                at += 1
            else:
                yield found
                at = found.end

    def _longest(
        self,
        words: Sequence[str],
        stems: dict[str, list[str]],
        at: int,
        order: dict[str, int],
        ends: Collection[int] | None,
    ) -> Match | None:
        best: list[Label] = []
        end = at
        for language, root in self._roots.items():
            nodes, here = [root], at
            while nodes and here < len(words):
                steps = (stems[language][here], f"{WHOLE}{words[here]}")
                nodes = [node.children[step] for node in nodes for step in steps if step in node.children]
                here += 1
                labels = [label for node in nodes for label in node.labels]
                if labels and here >= end and (ends is None or here in ends):
                    best = [*best, *labels] if here == end else labels
                    end = here
        label = _chosen(best, tuple(words[at:end]), order)
        return Match(at, end, label) if label else None


def _chosen(labels: Sequence[Label], typed: tuple[str, ...], order: dict[str, int]) -> Label | None:
    """Return which of `labels`, which all fit the words `typed`, these words mean; None where they mean none for sure.

    What is written as a label goes before what shares its stems. Of stems alone the first language decides, and in it a
    stem that two concepts share decides nothing: "trafficking", which does not widen a search, is no "trafficker".
    """

    def place(label: Label) -> tuple[int, str, int, str]:
        rank = order.get(label.language, len(order))
        return rank, label.language, RANKS.get(label.kind, len(RANKS)), label.concept

    exact = [label for label in labels if label.expand and label.words == typed]
    if exact:
        return min(exact, key=place)
    widening = [label for label in labels if label.expand]
    if not widening:
        return None
    best = min(widening, key=place)
    rivals = {label.concept for label in labels if label.language == best.language}
    return best if rivals == {best.concept} else None
