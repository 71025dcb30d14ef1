"""Who needs help: gender and age, from nouns, pronouns and numbers; not those who are with the person."""

from __future__ import annotations

from dataclasses import dataclass

from directory.situation.lexicon import marked
from directory.situation.sentence import Sentence

GENDERS = ("female", "male", "transgender")
OF_AGE = 18
_OLDEST = 99
# A word for a child is that of a dependant if it stands so near behind "with" or "her".
_WITH = 3


@dataclass(frozen=True)
class People:
    """Codes of genders and ages, and the places of the words that say so."""

    genders: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    is_pregnant: bool = False
    with_children: bool = False
    places: frozenset[int] = frozenset()


def people_in(
    sentence: Sentence, claimed: frozenset[int], women: frozenset[int], *, ages_taken: frozenset[int]
) -> People:
    """Return who the sentence is about.

    `claimed` are places of words that belong to a service; `women` those of peoples named as of a woman ("Rumänin");
    numbers at `ages_taken` are those of times.
    """

    def places(code: str) -> frozenset[int]:
        return marked(sentence, code, "people")

    dependants = _dependants(sentence, places("dependant"), places("with"))
    others = claimed | dependants | _of_others(sentence)
    named = {gender: places(gender) - others for gender in GENDERS}
    pregnant = places("pregnant")
    genders = [gender for gender in GENDERS if named[gender]]
    if not genders and (women or pregnant):
        genders = ["female"]
    if not genders:
        pronouns = [gender for gender, code in (("female", "she"), ("male", "he")) if places(code)]
        # Both stand in one line where there is somebody else: then neither tells anything.
        genders = pronouns if len(pronouns) == 1 else []
    numbers = _ages(sentence, places("years"), dependants, ages_taken)
    grown, small = places("adult") - others, places("minor") - others
    if numbers:
        ages = ["minor" if min(numbers.values()) < OF_AGE else "adult"]
    else:
        ages = [code for code, said in (("adult", grown - small), ("minor", small)) if said]
    used = frozenset().union(*named.values(), pregnant, grown, small, dependants, numbers.keys(), women)
    return People(tuple(genders), tuple(ages), bool(pregnant), bool(dependants), used)


def _dependants(sentence: Sentence, children: frozenset[int], withs: frozenset[int]) -> frozenset[int]:
    """Return the words for children who are with somebody else: "mother with two kids", "hat ein Baby"."""
    parents = marked(sentence, "parent", "people") - _of_others(sentence)
    return frozenset(
        child
        for child in children
        if any(near in withs for near in sentence.clause_of(child) if 0 < child - near <= _WITH)
        or any(sentence.near(parent, child) <= len(sentence.words) for parent in parents)
    )


def _of_others(sentence: Sentence) -> frozenset[int]:
    """Return the places of words for somebody else: "her husband", "su hermano", "beaten by a man"."""
    his, kin, by = marked(sentence, "his"), marked(sentence, "kin"), marked(sentence, "by")
    doers = {place for place in _persons(sentence) | kin if {place - 1, place - 2} & by}
    return frozenset(place for place in kin if place - 1 in his) | doers


def _ages(
    sentence: Sentence, years: frozenset[int], dependants: frozenset[int], taken: frozenset[int]
) -> dict[int, int]:
    """Return the numbers that are ages, by their places; those of children who are with somebody are left out."""
    persons = _persons(sentence)
    found: dict[int, int] = {}
    for place, word in enumerate(sentence.words):
        digits = word.folded.rstrip("abcdefghijklmnopqrstuvwxyz")
        if place in taken or not digits.isdecimal() or len(digits) > 2 or not 0 < int(digits) <= _OLDEST:
            continue
        said = digits != word.folded or any(near in years for near in range(place - 2, place + 3))
        clause = sentence.clause_of(place)
        # "woman, 24, wants", "girl 16", "two sisters 14 and 16"
        said = said or len(clause) == 1 or any(near in persons and near in clause for near in range(place - 3, place))
        if not said or any(0 < place - child <= _WITH for child in dependants) or place + 1 in dependants:
            continue
        found[place] = int(digits)
    return found


def _persons(sentence: Sentence) -> frozenset[int]:
    """Return the places of all words for the person."""
    codes = (*GENDERS, "adult", "minor")
    return frozenset().union(*(marked(sentence, code, "people") for code in codes))
