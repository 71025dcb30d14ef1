"""What words become before they are compared: folded, split, stemmed. One way for documents and for queries.

Whatever the script, a token and a stem hold only a-z and 0-9: no database splits or folds them again in its own way.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

import Stemmer

from search.spelling_variants import one_spelling
from search.stop_words import CONTENT_ELSEWHERE, STOP_WORDS

# To be raised with every change of what this module or its tables give: what was indexed before has to be made anew.
SCHEMA = "1"
# Words that are compared whole: they share their stem with a common word of another meaning (Spanish "tratamiento",
# Italian "trattato"), and are what the field calls itself.
NEVER_STEMMED = frozenset({"trata", "tratta"})
# The languages with a stemmer. Words of other languages are compared as they stand.
ALGORITHMS = {"en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian"}
# What comes after so many letters of a token does not count; PostgreSQL takes no lexeme above 2,046 bytes.
LONGEST_TOKEN = 64
# Stems kept in memory for each language.
_KEPT = 50_000
_HYPHENS = "-\u2010\u2011"

# Letters that have no decomposition. The casefold of sharp s is "ss" already.
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n"}


def _classes() -> tuple[str, str, str]:
    """Return classes of a regular expression: marks on letters, what stands inside words unseen, numbers as signs."""
    marks, unseen, signs = [], [], []
    for code in range(0x80, 0x10000):
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] == "M" or character == "\u0640":
            marks.append(character)
        elif category == "Cf" and character != "\u200b":
            unseen.append(character)
        elif category == "No":
            signs.append(character)
    return "".join(marks), "".join(unseen), "".join(signs)


_MARKS, _UNSEEN, _SIGNS = _classes()
# Raised figures are no part of the word before them: they are mostly notes.
_LETTER = rf"[^\W_{_SIGNS}]"
_TOKEN = re.compile(
    # An abbreviation in the old way of writing, "N.G.O."
    rf"{_LETTER}\.(?:{_LETTER}\.)+(?!\w)"
    # Most words, found faster so
    r"|[a-z0-9]+(?![a-z0-9\x80-\U0010ffff])"
    rf"|{_LETTER}+(?:[{_MARKS}{_UNSEEN}]*(?:{_LETTER}|[{_MARKS}]))*"
)
_PLAIN_TOKEN = re.compile(r"[a-z0-9]\.(?:[a-z0-9]\.)+(?!\w)|[a-z0-9]+")


class _Letters(dict[int, str]):
    """What each character of a token becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = letters = "".join(_folded(character) for character in _decomposed(chr(code)))
        return letters


def _decomposed(character: str) -> str:
    # Twice: the folded case of a letter may be one that decomposes, and the other way round.
    once = unicodedata.normalize("NFKD", character).casefold()
    return unicodedata.normalize("NFKD", once).casefold()


def _folded(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    if character in _LIGATURES:
        return _LIGATURES[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.combining(character) or not (character.isalnum() or unicodedata.category(character)[0] == "M"):
        return ""
    return _code(character)


def _code(character: str) -> str:
    """Return a letter of another script as "q" and four figures to the base 36.

    All letters that Unicode has begin with 0 to 5 there, so no word that is written with Latin letters looks so.
    """
    figures, number = "", ord(character)
    for _place in range(4):
        number, figure = divmod(number, 36)
        figures = "0123456789abcdefghijklmnopqrstuvwxyz"[figure] + figures
    return "q" + figures


@cache
def _letter(character: str) -> str:
    """Return the one letter that a character folds to, or "" if that are several or none."""
    letters = "" if character.isascii() or unicodedata.category(character) == "No" else _LETTERS[ord(character)]
    return letters if len(letters) == 1 else ""


def _flat(text: str) -> str:
    """Return `text` in lower case, letters without accents, each character in its place."""
    if not text.isascii():
        # A few letters of all languages occur in a text: to replace them one by one takes a tenth of the time.
        for character in set(text):
            if letter := _letter(character):
                text = text.replace(character, letter)
    return text.lower()


_CODE = re.compile(r"q[0-5][0-9a-z]{3}")
_LETTERS = _Letters()


def readable(token: str) -> str:
    """Return a token as a person would write it: letters of other scripts again as such, if it means the same."""
    written = _CODE.sub(lambda match: chr(int(match[0][1:], 36)), token)
    return written if written != token and fold(written) == token else token


Token = tuple[str, int, int]


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of `text`, folded, each with where it begins and ends in `text`."""
    flat = _flat(text)
    for match in (_PLAIN_TOKEN if flat.isascii() else _TOKEN).finditer(flat):
        folded = match[0]
        if not folded.isalnum() or not folded.isascii():
            folded = folded.translate(_LETTERS)
        if folded:
            yield folded if len(folded) <= LONGEST_TOKEN else _cut(folded), match.start(), match.end()


def _cut(token: str) -> str:
    letters = re.findall(rf"{_CODE.pattern}|.", token)
    return token if len(letters) <= LONGEST_TOKEN else "".join(letters[:LONGEST_TOKEN])


def fold(text: str) -> str:
    """Return the words of `text` in lower case without accents (a-z, 0-9), with one blank between them."""
    return " ".join(folded for folded, _start, _end in tokens(text))


def groups(text: str, words: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of `text`, those that hyphens hold together in one list."""
    group: list[Token] = []
    for token in words:
        if group and not (token[1] == group[-1][2] + 1 and text[group[-1][2]] in _HYPHENS):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def joined(group: Sequence[Token]) -> str:
    """Return a word with hyphens as if written in one ("co-operation": "cooperation"), "" for what is none.

    Parts of figures are not joined ("2014-2020"), nor are more than three.
    """
    if not 1 < len(group) <= 3 or all(folded.isdigit() for folded, _start, _end in group):
        return ""
    return _cut("".join(folded for folded, _start, _end in group))


class _Stemmers(threading.local):
    """A stemmer keeps state while it works, so each thread has its own."""

    def __init__(self) -> None:
        self.by_language: dict[str, Stemmer.Stemmer] = {}

    def get(self, language: str) -> Stemmer.Stemmer:
        if language not in self.by_language:
            self.by_language[language] = Stemmer.Stemmer(ALGORITHMS[language], maxCacheSize=0)
        return self.by_language[language]


_stemmers = _Stemmers()
_stems: dict[str, dict[str, str]] = {language: {} for language in ALGORITHMS}


def stem(token: str, language: str) -> str:
    """Return the stem of a folded token; words with figures and words of languages without stemmer stay as they are."""
    kept = _stems.get(language)
    if kept is None:
        return token
    found = kept.get(token)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[token] = _stem(token, language)
    return found


def _stem(token: str, language: str) -> str:
    if token in NEVER_STEMMED or not token.isalpha():
        return token
    return _stemmers.get(language).stemWord(one_spelling(token, language)).translate(_LETTERS) or token


def stems(text: str, language: str) -> list[str]:
    """Return what is indexed of a text: the stems of its words in order, and behind them of hyphened words as one."""
    found: list[str] = []
    in_one: list[str] = []
    for group in groups(text, tokens(text)):
        found.extend(stem(token, language) for token, _start, _end in group)
        if len(group) > 1 and (whole := joined(group)):
            in_one.append(stem(whole, language))
    return found + in_one


def query_stems(token: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the different stems that a folded word of a query can have, those of the first language first.

    The word as it stands comes last: texts in languages without stemmer have it so.
    """
    return tuple(dict.fromkeys((*(stem(token, language) for language in languages), token)))


# Beginnings are looked for among stems, and a stem may be shorter than what was typed of its word: "organisati" with
# one of these endings has the stem "organis".
_ENDINGS = {
    language: ("", *endings.split())
    for language, endings in {
        "en": "e s d ng ing on ion tion ation n ons ment ent nt t er y ty",
        "fr": "e s r er on ion tion ation ons n ment ent nt t ite te eur",
        "de": "e n en er r ng ung ungen gen s es t lich ch it keit",
        "es": "a o s n on ion cion acion es nes r to iento mente te dad ad d",
        "it": "a o e i ne one ione zione azione ni re to nto mento mente ta ita",
    }.items()
}


def prefix_stems(token: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the stems, shorter than the beginning `token`, that words beginning so can have.

    What begins with `token` is found by it and by these stems together.
    """
    found: dict[str, None] = {}
    for language in languages:
        for ending in _ENDINGS.get(language, ("",)):
            candidate = stem(token + ending, language)
            if not ending or token.startswith(candidate):
                found[candidate] = None
    found.pop(token, None)
    return tuple(found)


def is_stop_word(token: str, languages: Sequence[str]) -> bool:
    """Say whether a folded token is a function word in one of the languages, the reader's first.

    In other languages than the reader's a word that means something in one of the five ("war", "man") is none.
    """
    first, *others = languages or ("",)
    if token in STOP_WORDS.get(first, ()):
        return True
    return token not in CONTENT_ELSEWHERE and any(token in STOP_WORDS.get(language, ()) for language in others)


SHORTEST_PART = 4
_LINKS = ("", "s", "es", "n", "en")


def compound_parts(token: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the German stems, all of them `known`, that a folded compound is made of; none if there are not two.

    The longest first part wins, so that "menschenhandelsopfer" gives "menschenhandel" and "opf" where both are known.
    """
    return _parts(token, known, {}) if len(token) >= 2 * SHORTEST_PART and token.isalpha() else ()


def _parts(token: str, known: Collection[str], tried: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if token not in tried:
        tried[token] = ()
        for cut in range(len(token) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            head = _known_stem(token[:cut], known)
            if not head:
                continue
            last = _known_stem(token[cut:], known, links=("",))
            rest = (last,) if last else _parts(token[cut:], known, tried)
            if rest:
                tried[token] = (head, *rest)
                break
    return tried[token]


def _known_stem(part: str, known: Collection[str], links: Sequence[str] = _LINKS) -> str:
    for link in links:
        bare = part.removesuffix(link)
        if len(bare) < SHORTEST_PART or (link and bare == part):
            continue
        for candidate in (stem(bare, "de"), bare):
            if candidate in known:
                return candidate
    return ""
