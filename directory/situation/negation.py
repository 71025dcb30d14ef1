"""What a sentence takes back: "no shelter", "braucht keine Unterkunft", "has a lawyer already"."""

from __future__ import annotations

from dataclasses import dataclass

from directory.situation.lexicon import marked
from directory.situation.sentence import Sentence
from search.analysis import is_stop_word

# "without" and its like reach over so many words.
_REACH = 6


@dataclass(frozen=True)
class Taken:
    """Places whose words are negated: all of them, those of what is not wanted, those of what is merely lacked, and
    those of what is there already.
    """

    negated: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()
    lacked: frozenset[int] = frozenset()
    there: frozenset[int] = frozenset()


def in_clauses(sentence: Sentence) -> Sentence:
    """Return the sentence with its clauses parted where another statement begins: at "but", at "and needs"."""
    words = sentence.words
    needs = marked(sentence, "need") | marked(sentence, "have")
    begins = set(marked(sentence, "but"))
    for place in marked(sentence, "and"):
        if any(follower in needs for follower in range(place + 1, min(place + 3, len(words)))):
            begins.add(place)
    return sentence.split_before(frozenset(begins))


def negators(sentence: Sentence) -> frozenset[int]:
    """Return the places of the words that negate."""
    return marked(sentence, "without") | marked(sentence, "not")


def taken_back(sentence: Sentence, used: frozenset[int] = frozenset()) -> Taken:
    """Return which words of a sentence (parted by `in_clauses`) are negated.

    Negators at the places `used` belong to what they stand with and negate nothing else ("not paid").
    """
    words = sentence.words

    def places(code: str) -> frozenset[int]:
        return marked(sentence, code)

    needs, haves, only, unsure = places("need"), places("have"), places("only"), places("unsure")
    negated: set[int] = set()
    unwanted: set[int] = set()
    lacked: set[int] = set()
    for place in places("without") - used:
        scope = _forward(sentence, place, needs)[:_REACH]
        negated.update(scope)
        clause = sentence.clause_of(place)
        before = set(range(max(clause.start, place - 3), place))
        behind = set(range(scope[-1] + 1 if scope else place + 1, clause.stop))
        if before & needs or (behind & needs and not any(_says_something(sentence, end, needs) for end in behind)):
            unwanted.update(scope)
        elif before & haves:
            lacked.update(scope)
    for place in places("not") - used:
        after = range(place + 1, min(place + 3, len(words)))
        if any(follower in unsure for follower in after) or (place > 0 and place - 1 in unsure):
            continue
        if place + 1 in only and words[place].sentence == words[place + 1].sentence:
            # "not only"
            continue
        scope = _forward(sentence, place, needs)
        if not any(_says_something(sentence, follower, needs | haves) for follower in scope):
            scope = [*range(sentence.clause_of(place).start, place)]
        negated.update(scope)
        near = set(range(place - 2, place + 4)) & set(sentence.clause_of(place))
        (unwanted if near & needs else lacked if near & haves else set()).update(scope)
    there = {
        follower
        for place in places("already")
        if set(sentence.clause_of(place)) & haves and not set(sentence.clause_of(place)) & needs
        for follower in sentence.clause_of(place)
    }
    return Taken(frozenset(negated), frozenset(unwanted), frozenset(lacked), frozenset(there))


def _forward(sentence: Sentence, place: int, needs: frozenset[int]) -> list[int]:
    """Return the places behind a negation, up to the end of its clause or to the verb of another statement."""
    scope: list[int] = []
    content = False
    for follower in range(place + 1, sentence.clause_of(place).stop):
        if follower in needs and content:
            # "no shelter needed": the verb still belongs to the negation where nothing comes behind it.
            break
        content = content or _says_something(sentence, follower, needs)
        scope.append(follower)
    return scope


def _says_something(sentence: Sentence, place: int, empty: frozenset[int]) -> bool:
    folded = sentence.words[place].folded
    return place not in empty and not is_stop_word(folded, (sentence.language,)) and len(folded) > 1
