"""What a person typed becomes a query: a small tree that engines compile, bounded, and never an error.

All words must match. `"some words"` stand behind each other, `-word` and `NOT word` must not occur, of `a OR b` (also
`a | b`) one must, `word*` is how words begin, `title:word` looks in one field, `+word` is kept though it is a function
word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.analysis import Token, groups, is_stop_word, joined, readable, tokens
from search.documents import FIELDS
from search.stop_words import STOP_WORDS
from search.tree import Either, Expanded, Not, Part, Phrase, Query, Word

# In characters and words.
LONGEST_QUERY = 256
MOST_TERMS = 32
# No more of a text is looked at at all.
_LONGEST_INPUT = 4 * LONGEST_QUERY
TOO_LONG, TOO_MANY_WORDS = "too_long", "too_many_words"
SHORTEST_PREFIX = 2

QUOTES = '"“”„‟«»‹›＂'
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_FIELD = "|".join(FIELDS)
_LEXEME = re.compile(
    rf"(?P<either>\|+)|(?P<sign>[-+]?)(?P<field>(?:(?i:{_FIELD}):)?)"
    rf"(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]|(?P<chunk>[^\s|{QUOTES}]+))"
)
_APOSTROPHE = re.compile(r"\w['’ʼ´`]\w")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


@dataclass(frozen=True)
class _Lexeme:
    """A piece of what was typed: an operator, or an operand of words with signs."""

    text: str
    operator: str = ""
    sign: str = ""
    field: str = ""
    is_phrase: bool = False

    @property
    def is_positive(self) -> bool:
        return not self.operator and self.sign != "-"


def parse(text: str, *, languages: Sequence[str]) -> Query:
    """Return the query in `text`; `languages` are those of the search, the reader's first. Never raises."""
    cleaned, notices = _bounded(text)
    lexemes = [lexeme for match in _LEXEME.finditer(cleaned) if (lexeme := _lexeme(match))]
    entries = _entries(lexemes, languages, mixed_case=any(letter.islower() for letter in cleaned))
    wanted = tuple(dict.fromkeys(_said(entries)))
    within = tuple(_within_limit(wanted))
    if within != wanted:
        notices += (TOO_MANY_WORDS,)
    return Query(
        parts=tuple(part for part in within if not isinstance(part, Not)),
        without=tuple(part for part in within if isinstance(part, Not)),
        notices=notices,
    )


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` without what cannot be searched for, cut at a word, and the notices about it."""
    cleaned = " ".join(_UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text[:_LONGEST_INPUT])).split())
    if len(cleaned) > LONGEST_QUERY:
        cut = cleaned[: LONGEST_QUERY + 1].rpartition(" ")[0] or cleaned[:LONGEST_QUERY]
        return cut, (TOO_LONG,)
    return cleaned, (TOO_LONG,) if text[_LONGEST_INPUT:].strip() else ()


def _lexeme(match: re.Match[str]) -> _Lexeme | None:
    if match["either"]:
        return _Lexeme("", operator="|")
    sign, field = match["sign"], match["field"].lower().removesuffix(":")
    if match["phrase"] is not None:
        return _Lexeme(match["phrase"], sign=sign, field=field, is_phrase=True) if _folded(match["phrase"]) else None
    chunk = match["chunk"]
    if not sign and not field and chunk in _OPERATORS:
        return _Lexeme(chunk, operator=chunk)
    if field and not _folded(chunk):
        field = ""
        chunk = match["field"]
    return _Lexeme(chunk, sign=sign, field=field) if _folded(chunk) else None


def _folded(text: str) -> tuple[str, ...]:
    return tuple(token for token, _start, _end in tokens(text))


# How little a part says: the higher, the sooner it is left out.
_MEANS, _FUNCTION_WORD, _LONELY_OPERATOR = range(3)
_Entry = tuple[Part | Not, int]


def _entries(lexemes: Sequence[_Lexeme], languages: Sequence[str], *, mixed_case: bool) -> list[_Entry]:
    entries: list[_Entry] = []
    number = 0
    while number < len(lexemes):
        lexeme = lexemes[number]
        following = lexemes[number + 1] if number + 1 < len(lexemes) else None
        if lexeme.operator == "NOT" and following is not None and not following.operator:
            entries.extend((part, _MEANS) for part in _negated(following, languages))
            number += 2
        elif lexeme.operator:
            entries.extend((part, _LONELY_OPERATOR) for part in _parts(lexeme))
            number += 1
        elif not lexeme.is_positive:
            entries.extend((part, _MEANS) for part in _negated(lexeme, languages))
            number += 1
        else:
            alternatives = [lexeme]
            while _is_or(lexemes[number + 1 : number + 3]):
                alternatives.append(lexemes[number + 2])
                number += 2
            number += 1
            if len(alternatives) > 1:
                entries.append((_either(part for one in alternatives for part in _one(one, languages)), _MEANS))
            else:
                entries.extend(_operand(lexeme, languages, mixed_case=mixed_case))
    return entries


def _is_or(pair: Sequence[_Lexeme]) -> bool:
    return len(pair) == 2 and pair[0].operator in ("OR", "|") and pair[1].is_positive


def _operand(lexeme: _Lexeme, languages: Sequence[str], *, mixed_case: bool) -> Iterator[_Entry]:
    """Yield the parts of what was typed without blank, each with how little it says."""
    # "WHO guidelines": what stands out in capitals is a name.
    bare = lexeme.text.strip(".,;:!?()[]")
    is_name = mixed_case and len(bare) > 1 and bare.isupper() and len(_folded(bare)) == 1
    is_kept = lexeme.sign == "+" or lexeme.field or is_name
    functions = [_is_function(part, languages) for part in _parts(lexeme)]
    # "l'accueil" is two words; "Ac.Sé" and "WHO/ILO" are names.
    is_one = not all(functions) and not _APOSTROPHE.search(lexeme.text)
    for part, is_function in zip(_parts(lexeme), functions, strict=True):
        yield part, _FUNCTION_WORD if is_function and not (is_kept or is_one) else _MEANS


def _is_function(part: Part, languages: Sequence[str]) -> bool:
    words = hyphened(part) or ((part.text,) if isinstance(part, Word) and not part.is_prefix else ())
    return bool(words) and all(is_stop_word(word, languages) for word in words)


def _parts(lexeme: _Lexeme) -> list[Part]:
    if lexeme.is_phrase:
        return [Phrase(_folded(lexeme.text), lexeme.field)]
    return [_either(unit) for unit in _units(lexeme)]


def _one(lexeme: _Lexeme, languages: Sequence[str]) -> list[Word | Phrase]:
    """Return what was typed without blank as alternatives of which one is enough: "2011/36/EU" is a phrase."""
    if not lexeme.is_phrase:
        units = list(_units(lexeme))
        said = [unit for unit in units if not _is_function(_either(unit), languages)]
        for choice in (units, said):
            if len(choice) == 1:
                return list(choice[0])
    return [Phrase(_folded(lexeme.text), lexeme.field)]


def _negated(lexeme: _Lexeme, languages: Sequence[str]) -> list[Not]:
    return [Not(part) for part in _one(lexeme, languages)]


def _units(lexeme: _Lexeme) -> Iterator[tuple[Word | Phrase, ...]]:
    """Yield each word with its ways of being written; words with hyphens may be written in one or apart."""
    text, field = lexeme.text, lexeme.field
    for group in groups(text, tokens(text)):
        is_prefix = text[group[-1][2] : group[-1][2] + 1] == "*"
        last, whole = group[-1][0], joined(group)
        if len(group) == 1:
            yield (_word(last, field, is_prefix=is_prefix),)
        elif is_prefix:
            # Words with hyphens are indexed as one too; how words behind each other begin cannot be asked.
            yield (_word(whole or last, field, is_prefix=True),)
        else:
            phrase = Phrase(_words(group), field)
            yield (phrase, Word(whole, field=field)) if whole else (phrase,)


def _words(group: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token for token, _start, _end in group)


def _word(text: str, field: str, *, is_prefix: bool) -> Word:
    return Word(text, is_prefix=is_prefix and len(text) >= SHORTEST_PREFIX, field=field)


def _either(parts: Iterable[Word | Phrase]) -> Word | Phrase | Either:
    different = tuple(dict.fromkeys(parts))
    return different[0] if len(different) == 1 else Either(different)


def _said(entries: Sequence[_Entry]) -> list[Part | Not]:
    """Return the parts that mean something; function words only if there is nothing else."""
    parts: list[Part | Not] = []
    for most in (_MEANS, _FUNCTION_WORD, _LONELY_OPERATOR):
        parts = [part for part, little in entries if little <= most]
        if any(not isinstance(part, Not) for part in parts):
            break
    return parts


def _size(part: Part | Not) -> int:
    match part:
        case Word():
            return 1
        case Phrase():
            return len(part.words)
        case Not():
            return _size(part.part)
        case _:
            return sum(_size(one) for one in part.parts)


def _within_limit(parts: Iterable[Part | Not]) -> Iterator[Part | Not]:
    left = MOST_TERMS
    for part in parts:
        if _size(part) > left:
            if isinstance(part, Phrase) and left == MOST_TERMS:
                yield replace(part, words=part.words[:left])
            return
        left -= _size(part)
        yield part


def hyphened(part: Part) -> tuple[str, ...]:
    """Return the words of a part that was typed with hyphens ("non-punishment"), () of every other one.

    Such a part is `Either` of the words behind each other and the word written in one.
    """
    if isinstance(part, Either) and len(part.parts) == 2:
        first, second = part.parts
        if isinstance(first, Phrase) and _is_joined(first, second):
            return first.words
    return ()


def _is_joined(phrase: Phrase, other: Word | Phrase) -> bool:
    whole = joined([(word, 0, 0) for word in phrase.words])
    return bool(whole) and other == Word(whole, field=phrase.field)


def relaxed(query: Query) -> Query:
    """Return the query that is content with any of the parts."""
    return replace(query, is_relaxed=True)


def as_text(query: Query) -> str:
    """Return how the query is typed: as long as that is not too long, `parse` makes the same tree of it.

    Words that the thesaurus added are left out.
    """
    return " ".join((*map(_text, query.parts), *(f"-{_text(part.part)}" for part in query.without)))


def _text(part: Part) -> str:
    match part:
        case Word():
            sign = "" if part.is_prefix or part.field or not _is_anywhere_stop_word(part.text) else "+"
            return f"{sign}{_field(part)}{readable(part.text)}{'*' if part.is_prefix else ''}"
        case Phrase():
            return f'{_field(part)}"{" ".join(map(readable, part.words))}"'
        case Expanded():
            return " ".join(map(_text, part.parts))
        case Either():
            return " OR ".join(_alternatives(part.parts))


def _alternatives(parts: Sequence[Word | Phrase]) -> Iterator[str]:
    number = 0
    while number < len(parts):
        part, following = parts[number], parts[number + 1] if number + 1 < len(parts) else None
        if isinstance(part, Phrase) and following is not None and _is_joined(part, following):
            sign = "+" if all(map(_is_anywhere_stop_word, part.words)) and not part.field else ""
            yield f"{sign}{_field(part)}{'-'.join(map(readable, part.words))}"
            number += 2
        else:
            yield _text(part)
            number += 1


def _field(part: Word | Phrase) -> str:
    return f"{part.field}:" if part.field else ""


def _is_anywhere_stop_word(token: str) -> bool:
    return any(token in words for words in STOP_WORDS.values())
