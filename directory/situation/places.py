"""Countries in a sentence: by their names, their cities and their peoples, and what each has to do with the person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from directory.situation.lexicon import Cues, cue_of, marked, rows_of
from directory.situation.negation import Taken
from directory.situation.sentence import Sentence, Word
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary
from search.analysis import fold

# What a country is to the person: where the way leads, where it begins, where somebody is; the country of an office
# or of relatives; the people that the person belongs to; or only named.
Role = Literal["to", "from", "in", "owner", "kin", "people", "named"]
# Between a preposition and a name stand at most so many words ("in der schönen Stadt Wien").
_BEFORE = 3
# A verb of going is so near to the name, or the preposition means "in".
_GOING = 9
# So far behind a verb of going stands what is left.
_LEAVING = 4
# Names this short are words too; the shortest ones have to stand in capitals.
_SHORT, _SHORTEST = 4, 3
# What a name has behind it when it is inflected: "Rumäniens", "in den Niederlanden".
_ENDINGS = {"de": ("", "s", "n")}
_FEMALE_ENDINGS = {"de": ("in", "innen"), "es": ("a", "as"), "it": ("a",), "fr": ("e", "es")}


@dataclass(frozen=True)
class Mention:
    """A country that is named: its code, the places of the words, its role, whether the person does not go there."""

    code: str
    places: tuple[int, ...]
    role: Role
    negated: bool = False
    is_female: bool = False


@dataclass(frozen=True)
class Countries:
    """The countries of a reading: where help is needed, the most important first; where the person is before a journey.

    `nationalities` are those of the person, where they are not in `needed`; `is_return`: the person goes (back) there;
    `is_journey`: somebody travels at all.
    """

    needed: tuple[str, ...] = ()
    origin: str = ""
    nationalities: tuple[str, ...] = ()
    is_return: bool = False
    is_journey: bool = False
    mentions: tuple[Mention, ...] = field(default=(), repr=False)


@lru_cache(maxsize=4)
def _names(_token: str) -> dict[str, list[tuple[str, tuple[str, ...], str]]]:
    """Return the names of countries and cities, in all languages, by their first word: code, words, how written.

    How: "*" for what is a word too and has to stand as a name within a sentence, "^" with a capital, "" anyhow.
    """
    found: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
    texts = [(text, entry.code) for entry in vocabulary("countries") for text in entry.labels.values()]
    for name in ("names", "cities"):
        texts += [(text, row["code"]) for row in rows_of(name) for text in row["words"].split(";")]
    for text, code in texts:
        words = tuple(fold(text.replace("&", " ")).split())
        # "us" is a pronoun, and "nice" no town: what is that short or has a star has to begin with a capital letter.
        if words:
            how = "*" if text.startswith("*") else "^" if len(words[0]) <= _SHORT else ""
            found.setdefault(words[0], []).append((code, words, how))
    return found


@lru_cache(maxsize=16)
def _own_names(_token: str, language: str) -> frozenset[str]:
    return frozenset(fold(entry.label(language)) for entry in vocabulary("countries"))


@lru_cache(maxsize=16)
def _peoples(language: str) -> Cues:
    rows = rows_of("demonyms")
    made = (cue_of(row["code"], word, language) for row in rows for word in row[language].split(";"))
    return Cues(cue for cue in made if cue is not None)


def countries_in(sentence: Sentence, taken: Taken, claimed: frozenset[int]) -> Countries:
    """Return the countries of a sentence; words at the places `claimed` (languages) name none."""
    mentions = [
        _with_role(sentence, code, places, taken)
        for code, places in _named(sentence)
        if not claimed.intersection(places)
    ]
    used = claimed.union(*(mention.places for mention in mentions))
    for hit in _peoples(sentence.language).hits(sentence.words):
        if not hit.places & used:
            place = hit.first
            role: Role = "owner" if _is_owned(sentence, place) else "people"
            female = role == "people" and _is_woman(sentence, place)
            mentions.append(Mention(hit.code, (place,), role, is_female=female))
    mentions.sort(key=lambda mention: mention.places)
    return _weighed(sentence, mentions, taken)


def named_places(sentence: Sentence) -> frozenset[int]:
    """Return the places of all names of countries and cities."""
    return frozenset(place for _code, places in _named(sentence) for place in places)


def _named(sentence: Sentence) -> Iterator[tuple[str, tuple[int, ...]]]:
    names = _names(versions.current("vocabulary"))
    words = sentence.words
    # "géorgien" is no place, though German calls the country so.
    peoples = _peoples(sentence.language).places(words)
    own = _own_names(versions.current("vocabulary"), sentence.language)
    place = 0
    while place < len(words):
        best: tuple[int, str] = (0, "")
        for ending in _ENDINGS.get(sentence.language, ("",)):
            for code, held, how in names.get(words[place].folded.removesuffix(ending), ()):
                if (how and not _is_name(sentence, place, held, how)) or (place in peoples and held[0] not in own):
                    continue
                found = tuple(word.folded for word in words[place : place + len(held)])
                if found == held or (ending and len(held) == 1):
                    best = max(best, (len(held), code))
        if best[0]:
            yield best[1], tuple(range(place, place + best[0]))
        place += best[0] or 1


def _is_name(sentence: Sentence, place: int, held: tuple[str, ...], how: str) -> bool:
    """Say whether what may be another word is written as a name: "US" in capitals, "Nice" not at the beginning."""
    word = sentence.words[place]
    text = sentence.text[word.start : word.end]
    if len(held) == 1 and len(word.folded) <= _SHORTEST and how != "*":
        return text.isupper()
    begins = place == 0 or sentence.words[place - 1].sentence != word.sentence
    return text[:1].isupper() and (how == "^" or not begins)


def _with_role(sentence: Sentence, code: str, places: tuple[int, ...], taken: Taken) -> Mention:
    words, language = sentence.words, sentence.language
    first = places[0]
    clause = sentence.clause_of(first)
    before = range(first - 1, max(clause.start, first - _BEFORE) - 1, -1)
    going = marked(sentence, "return") | marked(sentence, "motion")
    near = any(-_GOING <= place - first <= _BEHIND[language] for place in going & set(clause))
    role: Role = "named"
    leading = next((place for place in before if _preposition(words[place].folded, language)), None)
    if leading is not None:
        role = _preposition(words[leading].folded, language) or role
    if role == "in" and leading is not None and near and _can_mean_to(words, leading, language):
        role = "to"
    if _is_owned(sentence, first, by_itself=role not in ("in", "to")):
        role = "owner"
    elif role in ("in", "named") and any(
        place in marked(sentence, "kin") for place in range(max(clause.start, first - 4), first)
    ):
        role = "kin"
    return Mention(code, places, role, negated=role == "to" and first in taken.negated)


@lru_cache(maxsize=16)
def _prepositions(language: str) -> dict[str, Role]:
    kinds: dict[str, Role] = {}
    roles: tuple[Role, ...] = ("in", "from", "to")
    for row in rows_of("grammar"):
        for role in roles:
            if row["code"] == role and row["lang"] == language:
                kinds.update((fold(word), role) for word in row["words"].split(";"))
    return kinds


def _preposition(folded: str, language: str) -> Role | Literal[""]:
    return _prepositions(language).get(folded, "")


# Prepositions of "in" that mean "to" with a verb of going; the German one only with what follows.
_BOTH = {
    "fr": frozenset({"en", "au", "aux", "a", "pour"}),
    "it": frozenset({"in", "a", "ad", "nel", "nella", "nelle", "nei", "negli", "per"}),
    "de": frozenset({"in", "ins"}),
    "es": frozenset({"para"}),
    "en": frozenset({"in", "at", "for"}),
}
_GERMAN_TO = frozenset({"die", "den", "das"})
# Only in German the verb of going may stand behind the name.
_BEHIND = {"de": _GOING, "fr": 0, "it": 0, "es": 0, "en": 0}


def _can_mean_to(words: Sequence[Word], preposition: int, language: str) -> bool:
    folded = words[preposition].folded
    if language == "de" and folded == "in":
        return words[preposition + 1].folded in _GERMAN_TO
    return folded in _BOTH[language]


def _is_owned(sentence: Sentence, place: int, *, by_itself: bool = True) -> bool:
    """Say whether the name belongs to an office or a paper: "Romanian embassy", "ambassade de Roumanie".

    Not `by_itself` where it says in which place the office is: "embassy in Paris".
    """
    owners = marked(sentence, "owner")
    clause = sentence.clause_of(place)
    behind = place + 1 in clause and place + 1 in owners
    return behind or (by_itself and any(near in owners for near in range(max(clause.start, place - 2), place)))


def _is_woman(sentence: Sentence, place: int) -> bool:
    """Say whether the name of a people is that of a woman: "eine Rumänin", "una rumana", "une Nigériane"."""
    folded, language = sentence.words[place].folded, sentence.language
    if not folded.endswith(_FEMALE_ENDINGS.get(language, ("\0",))):
        return False
    if language == "de":
        return not folded.endswith(("isch", "ische"))
    return place > 0 and place - 1 in marked(sentence, "one")


def _weighed(sentence: Sentence, mentions: list[Mention], taken: Taken) -> Countries:
    """Return what the mentions say together about where help is needed."""
    words = sentence.words
    returns = marked(sentence, "return") - taken.negated
    moves = (marked(sentence, "motion") | returns) - taken.negated

    def codes(*roles: Role) -> list[str]:
        found = [mention.code for mention in mentions if mention.role in roles and not mention.negated]
        return list(dict.fromkeys(found))

    # "returning from Italy", and of a Romanian "from Italy" wherever it stands: else it is where somebody is from.
    left = [
        mention.code
        for mention in mentions
        if mention.role == "from"
        and any(
            0 < mention.places[0] - place <= (len(words) if codes("people") else _LEAVING)
            and words[place].sentence == words[mention.places[0]].sentence
            for place in moves
        )
    ]
    belongs = list(dict.fromkeys([*codes("people"), *(code for code in codes("from") if code not in left)]))
    to, here, other = codes("to"), _present(sentence, mentions), codes("named", "kin")
    # Who goes to the country of the own people goes home, whatever the verb.
    is_return = bool(returns) or bool(set(to) & set(belongs))
    if to:
        needed = to
    elif not is_return:
        needed = here or other or left
    else:
        # Somebody goes home, and it is not said to where.
        origin_known = bool(left or here)
        home = [code for code in belongs if code not in here]
        needed = (here if left and here else home if origin_known and home else here) or other or belongs
    # With a country to go to, any other one "from" which somebody comes is where the way begins.
    begins = (*left, *here, *other, *(codes("from") if to else ()))
    away = [code for code in begins if code not in needed] if is_return or to else []
    return Countries(
        needed=tuple(needed),
        origin=away[0] if away else "",
        nationalities=tuple(code for code in belongs if code not in needed),
        is_return=is_return and bool(needed),
        is_journey=bool(moves),
        mentions=tuple(mentions),
    )


def _present(sentence: Sentence, mentions: list[Mention]) -> list[str]:
    """Return the countries in which something is; of several those where something is needed or is so now."""
    inside = [mention for mention in mentions if mention.role == "in"]
    if len({mention.code for mention in inside}) > 1:
        needs = marked(sentence, "need")
        now = marked(sentence, "now")
        pointed = [m for m in inside if set(sentence.clause_of(m.places[0])) & (needs | now)]
        inside = pointed or inside
    return list(dict.fromkeys(mention.code for mention in inside))
