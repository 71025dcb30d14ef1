"""The one search: what a person asks becomes a tree, is expanded, answered by the engine, checked again and shown."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from platform_site.accounts.principals import principals_of
from search import registration, rules
from search.correcting import corrected
from search.documents import TWIN
from search.engines.choosing import engine
from search.highlight import Marker
from search.outbox import catch_up
from search.query import as_text, parse, relaxed
from search.results import BEST, Answer, Found, PassageFound, SearchRequest, StoredTexts
from search.thesaurus.expansion import Expansion, expand
from search.tree import Query

PAGE_SIZE = 10
# So deep results can be paged; nobody reads on, and each page costs as much as all before it.
DEEPEST = 1000
# With fewer results a second look is taken, for any of the words.
FEW = 3
MOST_PASSAGES = 3
EXCERPT = 240


@dataclass(frozen=True)
class Question:
    """What a person asks: words as typed, chosen facets, and how the answer is to be shown.

    With `is_exact` no other words are looked for. `page` counts from 1.
    """

    words: str
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: str = BEST
    page: int = 1
    is_exact: bool = False
    facets: Sequence[str] = ()
    size: int = PAGE_SIZE


@dataclass(frozen=True)
class PassageHit:
    """A page or section that holds the words: where it is, its address, what stands there, marked."""

    label: str
    url: str
    excerpt: SafeString
    language: str


@dataclass(frozen=True)
class Hit:
    """One result as it is shown; `title` and `excerpt` are escaped, with marks. `language` is that of the texts."""

    key: str
    type: str
    pk: int
    url: str
    title: SafeString
    plain_title: str
    excerpt: SafeString
    language: str
    date: date | None
    passages: Sequence[PassageHit] = ()


@dataclass(frozen=True)
class Suggestion:
    """Other words that find more: as text, and how many results they have."""

    words: str
    total: int


@dataclass(frozen=True)
class Results:
    """The answer to a question."""

    question: Question
    query: Query
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]]
    expansions: Sequence[Expansion] = ()
    suggestion: Suggestion | None = None
    # The words that were searched instead, where nothing had those that were typed.
    instead: str = ""
    is_relaxed: bool = False
    engine: str = ""
    milliseconds: int = 0


def reading_languages() -> tuple[str, ...]:
    """Return the languages of the site, the reader's first."""
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    codes = [code for code, _name in settings.LANGUAGES]
    return (active, *(code for code in codes if code != active))


@dataclass(frozen=True)
class _Outcome:
    """What was asked in the end, and the engine's answer to it."""

    query: Query
    answer: Answer
    expansions: Sequence[Expansion] = ()
    is_relaxed: bool = False
    # The words that were searched instead, where nothing had those that were typed.
    instead: str = ""
    suggestion: Suggestion | None = None


def search(question: Question, user: Any) -> Results:
    """Answer `question` for `user` (None and anonymous: the public). Raises EngineUnavailableError."""
    started = time.monotonic()
    catch_up()
    languages = reading_languages()
    asked = parse(question.words, languages=languages)
    outcome = _outcome(question, asked, user, languages)
    shown = _still_readable(outcome.answer.found, user)
    return Results(
        question=question,
        query=asked,
        total=outcome.answer.total - (len(outcome.answer.found) - len(shown)),
        hits=_hits(shown, outcome.query, languages),
        facets=outcome.answer.facets,
        expansions=outcome.expansions,
        suggestion=outcome.suggestion,
        instead=outcome.instead,
        is_relaxed=outcome.is_relaxed,
        engine=engine().name,
        milliseconds=round(1000 * (time.monotonic() - started)),
    )


def found_keys(question: Question, user: Any = None) -> list[tuple[str, str]]:
    """Return the keys of what is found, best first, each with the text of its best passage ("" without one)."""
    languages = reading_languages()
    asked = parse(question.words, languages=languages)
    outcome = _outcome(question, asked, user, languages)
    keys = [match.key for match in outcome.answer.found]
    passages = engine().passages(keys, outcome.query, languages, most=1) if asked else {}
    best = {key: found[0].text for key, found in passages.items() if found}
    return [(key.partition(TWIN)[0], best.get(key, "")) for key in keys]


def _outcome(question: Question, asked: Query, user: Any, languages: tuple[str, ...]) -> _Outcome:
    """Ask for all words; where hardly anything has them, for words spelled otherwise, then for any of the words."""
    first = _strict(question, asked, user, languages)
    if not asked or first.answer.total >= FEW:
        return first

    def is_known(query: Query) -> bool:
        request = _request(replace(question, facets=(), page=1, size=1), query, user, languages)
        return engine().search(request).total > 0

    other = corrected(asked, languages, is_known)
    better = _strict(question, other, user, languages) if other is not None else first
    if other is not None and better.answer.total > first.answer.total:
        first = replace(first, suggestion=Suggestion(as_text(other), better.answer.total))
        if not first.answer.total and (better.answer.total >= FEW or len(asked.parts) < 2):
            return replace(better, instead=as_text(other))
    if len(first.query.parts) < 2:
        return first
    wider = relaxed(first.query)
    answer = engine().search(_request(question, wider, user, languages))
    if answer.total > first.answer.total:
        return replace(first, query=wider, answer=answer, is_relaxed=True)
    # Not even one of the words is anywhere.
    return replace(better, instead=as_text(other)) if other is not None and not first.answer.total else first


def _strict(question: Question, asked: Query, user: Any, languages: tuple[str, ...]) -> _Outcome:
    query, expansions = (asked, []) if question.is_exact else expand(asked, languages)
    return _Outcome(query, engine().search(_request(question, query, user, languages)), expansions)


def _request(question: Question, query: Query, user: Any, languages: tuple[str, ...]) -> SearchRequest:
    offset = min((question.page - 1) * question.size, DEEPEST)
    return SearchRequest(
        query=query,
        languages=languages,
        rules=rules.allowed(engine().rules(), principals_of(user)),
        filters=question.chosen,
        since=question.since,
        until=question.until,
        sort=question.sort,
        offset=offset,
        limit=min(question.size, DEEPEST - offset),
        facets=question.facets,
    )


def _still_readable(found: Sequence[Found], user: Any) -> list[Found]:
    """Return those of the matches that `user` may read now, as the database says: the index may be behind it."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for match in found:
        by_type[match.type].append(match.pk)
    known = registration.sources()
    readable: dict[str, Collection[int]] = {
        record_type: known[record_type].readable_of(pks, user)
        for record_type, pks in by_type.items()
        if record_type in known
    }
    return [match for match in found if match.pk in readable.get(match.type, ())]


def _hits(found: Sequence[Found], query: Query, languages: tuple[str, ...]) -> list[Hit]:
    keys = [match.key for match in found]
    stored = engine().stored(keys)
    passages = engine().passages(keys, query, languages, most=MOST_PASSAGES) if query else {}
    marker = Marker(query, languages)
    return [_hit(stored[key], passages.get(key, ()), marker, languages) for key in keys if key in stored]


def _hit(stored: StoredTexts, passages: Sequence[PassageFound], marker: Marker, languages: tuple[str, ...]) -> Hit:
    language = _shown_language(stored, marker, languages)
    texts = stored.texts.get(language, {})
    title = texts.get("title") or next(iter(_titles(stored)), stored.key)
    prose = "\n\n".join(part for part in (texts.get("summary", ""), texts.get("body", "")) if part)
    return Hit(
        key=stored.key.partition(TWIN)[0],
        type=stored.type,
        pk=stored.pk,
        url=f"/{languages[0]}/{stored.path}",
        title=marker.title(title, language),
        plain_title=title,
        excerpt=marker.excerpt(prose, language, length=EXCERPT),
        language=language,
        date=stored.date,
        passages=[
            PassageHit(
                passage.label,
                f"/{languages[0]}/{passage.path}",
                marker.excerpt(passage.text, passage.language, length=EXCERPT),
                passage.language,
            )
            for passage in _once(passages, languages)
        ],
    )


def _once(passages: Sequence[PassageFound], languages: tuple[str, ...]) -> list[PassageFound]:
    """Return one passage for each place: where its text is there in several languages, that of the reader's."""
    places: dict[str, PassageFound] = {}
    for passage in passages:
        known = places.get(passage.path)
        if known is None or (passage.language == languages[0] != known.language):
            places[passage.path] = passage
    return list(places.values())


def _titles(stored: StoredTexts) -> list[str]:
    return [texts["title"] for texts in stored.texts.values() if texts.get("title")]


def _shown_language(stored: StoredTexts, marker: Marker, languages: tuple[str, ...]) -> str:
    """Return the language of the text to show: the reader's if it has the words, else one that has, else theirs."""
    order = [code for code in dict.fromkeys([*languages, stored.original, *stored.texts]) if code in stored.texts]
    for code in order:
        if any(marker.matches(stored.texts[code].get(name, ""), code) for name in ("title", "summary", "body")):
            return code
    reader = languages[0]
    return reader if reader in stored.texts else stored.original
