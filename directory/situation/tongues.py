"""Languages that a person speaks: only where speaking is spoken of, since a nationality is no language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from directory.situation.lexicon import LANGUAGES, marked, rows_of
from directory.situation.negation import Taken
from directory.situation.places import named_places
from directory.situation.sentence import Sentence
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary
from search.analysis import fold, stem

# From "speaks" to the last language of its list.
_REACH = 7
# German compounds: "russischsprachig", "rumänischsprachige".
_SPEAKING = "sprachig"
# By themselves these say that a person speaks the language.
_BY_THEMSELVES = ("phone", "phones", "fono", "fona", "fonos", "fonas", "hablante", "hablantes", "parlante", "parlanti")


@dataclass(frozen=True)
class Tongues:
    """The codes of the languages spoken, in order, and of those not spoken; the places of the words that say so."""

    spoken: tuple[str, ...] = ()
    not_spoken: tuple[str, ...] = ()
    places: frozenset[int] = frozenset()


@lru_cache(maxsize=16)
def _names(_token: str, language: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    texts = [(entry.labels.get(each, ""), entry.code, each) for entry in vocabulary("languages") for each in LANGUAGES]
    texts += [(text, row["code"], language) for row in rows_of("languages") for text in row["words"].split(";")]
    for text, code, each in texts:
        words = tuple(stem(word, each) for word in fold(text).split())
        if words and each == language:
            found.setdefault(words[0], []).append((code, words))
    return found


def tongues_in(sentence: Sentence, taken: Taken) -> Tongues:
    """Return the languages of which the sentence says that they are spoken."""
    speaking = marked(sentence, "speak") | marked(sentence, "interpreter")
    little = marked(sentence, "little")
    # "speaks to the Romanian police"
    owners = marked(sentence, "owner")
    spoken: dict[str, None] = {}
    missing: dict[str, None] = {}
    used: set[int] = set()
    # A list may go on behind commas: "speaks Hungarian, Romanian and some English".
    listed_after = -1
    countries = named_places(sentence)
    for code, places, alone in _named(sentence):
        first = places[0]
        if countries.intersection(places):
            # "in Romania" is a place, though its stem is that of "in Romani".
            continue
        cued = alone or any(0 <= first - cue <= _REACH and _unbroken(sentence, cue, first) for cue in speaking)
        cued = cued or any(1 <= cue - places[-1] <= 2 and _unbroken(sentence, cue, first) for cue in speaking)
        cued = cued or _is_listed(sentence, listed_after, first) or _is_in_language(sentence, first)
        if not cued or places[-1] + 1 in owners:
            continue
        listed_after = places[-1]
        used.update(places)
        denied = first in taken.negated or any(0 < first - place <= 2 for place in little)
        (missing if denied else spoken).setdefault(code, None)
    return Tongues(tuple(code for code in spoken if code not in missing), tuple(missing), frozenset(used))


def _named(sentence: Sentence) -> Iterator[tuple[str, tuple[int, ...], bool]]:
    """Yield the languages named: code, places, whether the word alone says that the language is spoken."""
    names = _names(versions.current("vocabulary"), sentence.language)
    for place, word in enumerate(sentence.words):
        compound = word.folded.find(_SPEAKING) if sentence.language == "de" else -1
        start = stem(word.folded[:compound], "de") if compound > 0 else word.stem
        best: tuple[int, str] = (0, "")
        for code, stems in names.get(start, ()):
            span = sentence.words[place + 1 : place + len(stems)]
            if tuple(other.stem for other in span) == stems[1:]:
                best = max(best, (len(stems), code))
        if best[0]:
            alone = compound > 0 or word.folded.endswith(_BY_THEMSELVES)
            yield best[1], tuple(range(place, place + best[0])), alone


def _is_listed(sentence: Sentence, last: int, place: int) -> bool:
    """Say whether a name goes on with a list of languages that came up to `last`: ", French", "and some English"."""
    if not 0 <= last < place <= last + 3:
        return False
    joining = marked(sentence, "or")
    between = sentence.text[sentence.words[last].end : sentence.words[place].start]
    return "," in between or any(join in joining for join in range(last + 1, place))


def _unbroken(sentence: Sentence, first: int, second: int) -> bool:
    """Say whether two words stand in one clause, or in one sentence with nothing but names between."""
    return sentence.words[first].clause == sentence.words[second].clause


def _is_in_language(sentence: Sentence, place: int) -> bool:
    """Say whether the word before is "in": "in Russian", "auf Rumänisch", "en ruso"."""
    before = sentence.words[place - 1].folded if place else ""
    return before in {"en": ("in",), "de": ("auf",), "fr": ("en",), "es": ("en",), "it": ("in",)}[sentence.language]
