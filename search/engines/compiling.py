"""From the query as typed to stems joined by AND and OR, which each database writes in its own syntax.

Each leaf has a weight: 1 for the reader's own words in the reader's language, less for stems of other languages and for
what the thesaurus adds. `levels` takes the tree apart by weight, so that a database that only sums up can still weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import prefix_stems, query_stems, stem, stems, tokens
from search.documents import FIELDS
from search.ranking import OTHER_LANGUAGE
from search.tree import Either, Expanded, Part, Phrase, Query, Word

# What databases get of words, whatever the analysis gives: nothing that their syntax could mean.
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Leaf:
    """One stem, or several that must stand behind each other; in one field, or in any if it is ""."""

    stems: tuple[str, ...]
    weight: float = 1.0
    is_prefix: bool = False
    field: str = ""


@dataclass(frozen=True)
class AnyOf:
    """One of the nodes must match."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class AllOf:
    """All of the nodes must match."""

    nodes: tuple[Node, ...]


Node = Leaf | AnyOf | AllOf


@dataclass(frozen=True)
class Compiled:
    """A query for a database.

    `parts` has a node for each part of the query, None for one that nothing can match; `match` is what must match
    (None: nothing can); `levels` are nodes with the share of their score, the last one being `match`; `without` must
    not match. `is_empty` says that the query asks for no words at all.
    """

    is_empty: bool
    match: Node | None
    levels: Sequence[tuple[float, Node]]
    without: Node | None
    parts: Sequence[Node | None]


def compile_query(query: Query, languages: Sequence[str]) -> Compiled:
    """Return `query` in stems; `languages` are the reader's first."""
    parts = [part_node(part, languages) for part in query.parts]
    join = any_of if query.is_relaxed else all_of
    match = join(parts) if parts else None
    without = any_of(part_node(negation.part, languages) for negation in query.without)
    return Compiled(not parts, match, levels(match) if match else (), without, parts)


def part_node(part: Part, languages: Sequence[str]) -> Node | None:
    """Return the node of a part of a query; None if nothing can match it."""
    if isinstance(part, Word):
        return _word(part, languages)
    if isinstance(part, Phrase):
        return _phrase(part, languages)
    if isinstance(part, Either):
        return any_of(part_node(one, languages) for one in part.parts)
    return _expanded(part, languages)


def _word(word: Word, languages: Sequence[str], weight: float = 1.0, others: float = OTHER_LANGUAGE) -> Node | None:
    if word.field and word.field not in FIELDS:
        return None
    found = [plain for token, _start, _end in tokens(word.text) if (plain := _plain(token))]
    if len(found) != 1:
        # One word to the parser, several to the analysis, or none.
        return _phrase(Phrase(tuple(found), word.field), languages, weight, others) if found else None
    token = found[0]
    if word.is_prefix:
        ends = _different(prefix_stems(token, languages))
        return any_of(
            [Leaf((token,), weight, True, word.field), *(Leaf((end,), weight, False, word.field) for end in ends)]
        )
    own = _plain(stem(token, languages[0])) if languages else token
    return any_of(
        Leaf((one,), weight if one == own else others, False, word.field)
        for one in _different((own, *query_stems(token, languages)))
    )


def _phrase(
    phrase: Phrase, languages: Sequence[str], weight: float = 1.0, others: float = OTHER_LANGUAGE
) -> Node | None:
    if phrase.field and phrase.field not in FIELDS:
        return None
    variants: dict[tuple[str, ...], float] = {}
    text = " ".join(phrase.words)
    for number, language in enumerate((*languages, "")):
        variant = tuple(plain for one in stems(text, language) if (plain := _plain(one)))
        if variant:
            variants.setdefault(variant, weight if number == 0 else others)
    return any_of(Leaf(variant, counts, False, phrase.field) for variant, counts in variants.items())


def _expanded(part: Expanded, languages: Sequence[str]) -> Node | None:
    nodes = [all_of(part_node(one, languages) for one in part.parts)]
    for alternative in part.alternatives:
        one, own, weight = alternative.part, (alternative.language,), alternative.weight
        # The word as it stands counts the same: an alternative has one language.
        nodes.append(_word(one, own, weight, weight) if isinstance(one, Word) else _phrase(one, own, weight, weight))
    return any_of(nodes)


def any_of(nodes: Iterable[Node | None]) -> Node | None:
    """Return the node of which one must match, without those that nothing can match; None for none."""
    some: dict[Node, None] = {}
    for node in nodes:
        if isinstance(node, AnyOf):
            some.update(dict.fromkeys(node.nodes))
        elif node is not None:
            some[node] = None
    found = tuple(some)
    return found[0] if len(found) == 1 else AnyOf(found) if found else None


def all_of(nodes: Iterable[Node | None]) -> Node | None:
    """Return the node of which all must match; None if one of them cannot, or there is none."""
    some = tuple(dict.fromkeys(nodes))
    if not some or None in some:
        return None
    return some[0] if len(some) == 1 else AllOf(some)  # type: ignore[arg-type]  # there is no None among them


def levels(node: Node) -> list[tuple[float, Node]]:
    """Return the tree by weight: what of it counts at least so much, each with its share of the score.

    What matches with the full weight matches at each level and gets all shares, which sum up to 1; what matches only
    by words that count 0.6 gets that share.
    """
    weights = sorted({leaf.weight for leaf in leaves(node)}, reverse=True)
    found: list[tuple[float, Node]] = []
    for number, weight in enumerate(weights):
        lower = weights[number + 1] if number + 1 < len(weights) else 0.0
        part = _at_least(node, weight)
        if part is not None:
            found.append((weight - lower, part))
    return found


def leaves(node: Node) -> Iterable[Leaf]:
    """Yield the leaves of a tree."""
    if isinstance(node, Leaf):
        yield node
    else:
        for one in node.nodes:
            yield from leaves(one)


def _at_least(node: Node, weight: float) -> Node | None:
    if isinstance(node, Leaf):
        return node if node.weight >= weight else None
    parts = (_at_least(one, weight) for one in node.nodes)
    return any_of(parts) if isinstance(node, AnyOf) else all_of(parts)


def of_passages(node: Node | None) -> Node | None:
    """Return the tree as passages can match it: what is asked of another field than the body is left out."""
    if node is None:
        return None
    if isinstance(node, Leaf):
        return Leaf(node.stems, node.weight, node.is_prefix) if node.field in {"", "body"} else None
    found = [one for part in node.nodes if (one := of_passages(part)) is not None]
    return any_of(found) if isinstance(node, AnyOf) else all_of(found)


def _plain(token: str) -> str:
    return _NOT_PLAIN.sub("", token)


def _different(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(plain for one in found if (plain := _plain(one))))
