"""What case studies say of what was chosen in their list: an excerpt of the answer that it was found in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from platform_site.texts.formatted import plain
from platform_site.texts.languages import other_language
from platform_site.texts.words import folded, terms_of
from platform_site.vocabulary.store import Entry, entry_by_id
from practices.cases.template import ANSWERS, GROUPS, OptionGroup, Question, question_of

LONGEST = 300
# So much of an answer stands before the words that it is cut round.
BEFORE = 80
# Shorter words of a label are "of", "the", "les"; of what the reader wrote every word counts.
SHORTEST_WORD = 5
# "formalities" finds "formal": what a word may end in differs from text to text.
ENDING = 3
MORE = "…"
_PARTS = re.compile(r"\n\s*\n|\n(?=[ ]*(?:[-*+]|[0-9]{1,3}[.)])[ ])")
_BY_KEY = {question.key: question for question in ANSWERS}


@dataclass(frozen=True)
class Saying:
    """The answer to a question, or the part of it that fits; `language` is given where it is not the reader's."""

    question: Question
    words: str
    language: str


def sayings(pks: Sequence[int], chosen: Mapping[str, Collection[str]], words: str, user: Any) -> dict[int, Saying]:
    """Return by primary key what case studies that `user` may read say of the theme or the tick that is chosen.

    `chosen` are short codes by key of their facet, `words` what the reader looks for beside it. Themes, which editors
    found in certain answers, go before ticks: for a tick it is the answer beside it, or the one that has more of its
    words. Nothing chosen costs no query.
    """
    group = _group(chosen)
    if group is None or not pks:
        return {}
    options = group.options
    codes = {code for short in chosen[group.key] for code in options.with_descendants(group.code_of(short))}
    coded = _coded(pks, group, codes)
    asked = {question for places in coded.values() for _entry, question in places} if group.is_theme else {*ANSWERS}
    texts = _texts(coded, asked, user)
    terms = terms_of(words)
    if not group.is_theme:
        coded = {
            pk: [(entry, _fullest(texts.get(pk, ()), entry, question, terms)) for entry, question in places]
            for pk, places in coded.items()
        }
    found = {}
    for pk, places in coded.items():
        candidates = [
            (-hits, number, Saying(question, excerpt, other_language(language)))
            for number, (entry, question) in enumerate(places)
            for language, answer in _answer(texts.get(pk, ()), question)
            for hits, excerpt in [cut(answer, terms, _label_words(entry, language))]
        ]
        if candidates:
            found[pk] = min(candidates, key=lambda one: one[:2])[2]
    return found


def _group(chosen: Mapping[str, Collection[str]]) -> OptionGroup | None:
    """Return the group of the template whose choice has an answer in words: a theme's before a tick's."""
    groups = [group for group in GROUPS if chosen.get(group.key) and question_of(group).name]
    return min(groups, key=lambda group: not group.is_theme, default=None)


def _coded(pks: Sequence[int], group: OptionGroup, codes: set[str]) -> dict[int, list[tuple[Entry, Question]]]:
    """Return by case study what of the choice it has, each with the questions that it was found in."""
    from practices.models import CaseTerm, CaseTheme

    found: dict[int, list[tuple[Entry, Question]]] = defaultdict(list)
    terms = [group.options[code].id for code in codes if code in group.options]
    if group.is_theme:
        for theme in CaseTheme.objects.filter(case__in=pks, term__in=terms).order_by("sort_order", "pk"):
            entry = theme.entry
            questions = [_BY_KEY[key] for key in theme.answer_keys if key in _BY_KEY] or [question_of(group)]
            found[theme.case_id].extend((entry, question) for question in questions if entry is not None)
        return found
    rows = CaseTerm.objects.filter(owner__in=pks, term__in=terms).order_by("sort_order", "pk")
    for owner, term in rows.values_list("owner_id", "term_id"):
        if entry := entry_by_id(term):
            found[owner].append((entry, question_of(group)))
    return found


def _texts(pks: Iterable[int], questions: set[Question], user: Any) -> dict[int, list[dict[str, Any]]]:
    """Return the answers to these questions by case study: in the reader's language first, then in the original."""
    from practices.models import CaseStudy, CaseText

    active = (get_language() or "en").split("-")[0]
    names = sorted(question.name for question in questions)
    rows = CaseText.objects.filter(record__in=CaseStudy.objects.visible_to(user).filter(pk__in=list(pks)))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.order_by("pk").values("record_id", "language", "is_original", *names):
        if row["is_original"] or row["language"] == active:
            found[row["record_id"]].append(row)
    for texts in found.values():
        texts.sort(key=lambda row: row["language"] != active)
    return found


def _fullest(texts: Iterable[Mapping[str, Any]], entry: Entry, own: Question, terms: Sequence[str]) -> Question:
    """Return the question whose answer has most of the words; `own`, beside which the tick stands, if none has more."""

    def hits(question: Question) -> int:
        for row in texts:
            if answer := row[question.name].strip():
                text = folded(answer).casefold()
                return sum(_stem(word) in text for word in {*terms, *_label_words(entry, row["language"])})
        return -1

    return max([own, *ANSWERS], key=hits)


def _answer(texts: Iterable[Mapping[str, Any]], question: Question) -> list[tuple[str, str]]:
    """Return language and words of the answer, at most one: of the first text that has it."""
    return [(row["language"], words) for row in texts if (words := _in_one_line(row[question.name]))][:1]


# The same answers are shown for many choices.
@lru_cache(maxsize=2048)
def _in_one_line(source: str) -> str:
    """Return the words of an answer in one line, the items of its lists and its paragraphs told apart."""
    parts = [words for part in _PARTS.split(source) if (words := plain(part))]
    return " ".join(part if part[-1] in ".!?;:…" or part is parts[-1] else f"{part};" for part in parts)


def _label_words(entry: Entry, language: str) -> list[str]:
    return [word for word in terms_of(entry.labels.get(language, "")) if len(word) >= SHORTEST_WORD]


def cut(answer: str, terms: Sequence[str], label_words: Sequence[str] = ()) -> tuple[int, str]:
    """Return how many of the words `answer` has close together, and an excerpt of 300 characters at most round them.

    `terms` are what a reader looks for, they count before the words of a label. Cut at words, with "…" where it was.
    """
    places = _places(answer, [*terms, *label_words])
    weights = {number: 2 if number < len(terms) else 1 for number in range(len(terms) + len(label_words))}
    start, best = 0, 0
    for place in [0, *(place for place, _number in places)]:
        last = place + LONGEST - (BEFORE if place else 0) - 2 * len(MORE) - 20
        hits = sum(weights[number] for number in {number for other, number in places if place <= other < last})
        if hits > best:
            start, best = place, hits
    return best, _round(answer, start)


def _stem(term: str) -> str:
    return term[:-ENDING] if len(term) >= SHORTEST_WORD + ENDING else term


def _places(answer: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words begin, each with its number; a word's ending may be another one."""
    text, found = folded(answer), list[tuple[int, int]]()
    for number, term in enumerate(terms):
        pattern = r"\W+".join(re.escape(word) for word in re.findall(r"\w+", _stem(term)))
        if pattern:
            found.extend((match.start(), number) for match in re.finditer(rf"\b{pattern}", text, re.IGNORECASE))
    return sorted(found)


def _round(answer: str, place: int) -> str:
    """Return the excerpt that has the words at `place`: the beginning of the answer, if it reaches so far."""
    if len(answer) <= LONGEST:
        return answer
    start = max(0, place - BEFORE)
    if start:
        start = min(answer.find(" ", start) + 1 or start, place)
    before = f"{MORE} " if start else ""
    room = LONGEST - len(before)
    if len(answer) - start <= room:
        return before + answer[start:]
    end = answer.rfind(" ", start, start + room - len(MORE)) if " " in answer[start : start + room - len(MORE)] else -1
    end = end if end > start else start + room - len(MORE) - 1
    return f"{before}{answer[start:end].rstrip(' ,;:.')} {MORE}"
