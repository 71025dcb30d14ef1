"""What is needed: services, on which conditions, and what happened to the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from directory.situation.lexicon import Cue, Cues, Hit, cue_of, cues, marked, rows_of
from directory.situation.negation import Taken, negators
from directory.situation.sentence import Sentence
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary
from search.analysis import fold, is_stop_word
from search.selectors import named_concepts

# The lists whose concepts have the same codes as the terms of a filter.
_LISTS = {"service": "service_types", "target": "target_groups", "exploitation": "exploitation_types"}
_FILES = {"service": "services", "target": "targets", "exploitation": "exploitation"}
# Who has none of it needs it: "has no papers", "sans passeport".
NEEDED_WHEN_LACKED = frozenset({"documents", "wage_claims"})
# A clause of so few words is a list of wishes: "Romania, woman, job".
_TERSE = 3


@dataclass(frozen=True)
class Need:
    """A value of a filter that the sentence asks for, or takes back; the places of its words."""

    facet: str
    code: str
    places: frozenset[int]
    negated: bool = False
    only_lacked: bool = False


def own_negators(sentence: Sentence) -> frozenset[int]:
    """Return the places of negators that are part of a cue: "not paid", "unaccompanied" as "non accompagnato"."""
    negating = negators(sentence)
    hits = [
        hit for facet in ("service", "target") for hit in cues(_FILES[facet], sentence.language).hits(sentence.words)
    ]
    return frozenset().union(*(hit.places & negating for hit in hits if len(hit.places) > 1))


def needs_in(sentence: Sentence, taken: Taken) -> list[Need]:
    """Return the services, target groups, forms of exploitation and conditions of a sentence, in its order."""
    return sorted(
        [*_listed(sentence, taken), *_conditions(sentence)], key=lambda need: (min(need.places), need.facet, need.code)
    )


def _listed(sentence: Sentence, taken: Taken) -> Iterator[Need]:
    wishes = marked(sentence, "need")
    for facet in _LISTS:
        known = vocabulary(_LISTS[facet])
        hits = cues(_FILES[facet], sentence.language).hits(sentence.words)
        hits += _by_label(sentence, facet)
        used: set[frozenset[int]] = set()
        for hit in sorted(hits, key=lambda hit: (-len(hit.places - wishes), -len(hit.places), hit.first)):
            entry = known.get(hit.code)
            # "looks for a house" stands within "looks for a safe house": the verb is everybody's.
            if entry is None or entry.retired or any(hit.places - wishes <= places for places in used):
                continue
            if hit.asks and not _is_asked(sentence, hit, taken):
                continue
            used.add(hit.places)
            code = known.with_ancestors(hit.code)[-1] if facet == "exploitation" else hit.code
            yield _need(facet, code, hit, taken)


def _need(facet: str, code: str, hit: Hit, taken: Taken) -> Need:
    denied = hit.places & taken.negated
    wanted_then = code in NEEDED_WHEN_LACKED
    # "has no lawyer" says that one is missing, "needs no lawyer" that none is.
    missing = denied and facet == "service" and not hit.places & taken.unwanted
    if missing and (wanted_then or hit.places & taken.lacked):
        return Need(facet, code, hit.places, only_lacked=wanted_then)
    there = bool(hit.places & taken.there) and facet == "service" and not wanted_then
    return Need(facet, code, hit.places, negated=bool(denied) or there)


def _is_asked(sentence: Sentence, hit: Hit, taken: Taken) -> bool:
    """Say whether something is asked for where the hit stands, or the lack of it is named."""
    place = hit.first
    clause = sentence.clause_of(place)
    lacked = taken.negated if hit.code in NEEDED_WHEN_LACKED else taken.lacked
    if len(clause) <= _TERSE or hit.places & lacked:
        return True
    wishes = marked(sentence, "need")
    sentence_number = sentence.words[place].sentence
    return any(wish in clause or (wish < place and sentence.words[wish].sentence == sentence_number) for wish in wishes)


def _by_label(sentence: Sentence, facet: str) -> list[Hit]:
    """Return what the sentence names by a label of the list, or by a word of the thesaurus that means the same."""
    if facet == "target":
        # Who helps victims helps each kind of them, but does not say so; and peoples have names of places ("Roma").
        return []
    hits = _labels(versions.current("vocabulary"), _LISTS[facet], sentence.language).hits(sentence.words)
    known = vocabulary(_LISTS[facet])
    for concept, start, end in named_concepts(sentence.text, (sentence.language,)):
        code = _of_concepts().get((concept, facet), concept)
        if code in known:
            places = frozenset(n for n, word in enumerate(sentence.words) if start <= word.start < end)
            # A concept without a code is one that in a sentence mostly means something else.
            if places:
                hits.append(Hit(code, places))
    return hits


@lru_cache(maxsize=1)
def _of_concepts() -> dict[tuple[str, str], str]:
    return {(row["concept"], row["facet"]): row["code"] for row in rows_of("concepts")}


@lru_cache(maxsize=32)
def _labels(_token: str, list_name: str, language: str) -> Cues:
    """Return the labels of a list as cues: all of their words that mean something, in any order."""
    made: list[Cue] = []
    for entry in vocabulary(list_name).offered():
        words = [word for word in fold(entry.label(language)).split() if not is_stop_word(word, (language,))]
        cue = cue_of(entry.code, " ".join(words), language)
        # A label of one word ("Shelter", "Forschung") is a word of every day: the file of cues decides about it.
        if cue is not None and len(cue.patterns) > 1:
            made.append(cue)
    return Cues(made)


def _conditions(sentence: Sentence) -> Iterator[Need]:
    """Yield the conditions; their cues hold their own negation ("not police")."""
    for hit in cues("conditions", sentence.language).hits(sentence.words):
        facet, code = hit.code.split("=")
        yield Need(facet, code, hit.places)
