"""The articles of the legal instruments, from their controlled list: what each is about, found by its usual words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from platform_site.texts.sorting import sort_text
from platform_site.texts.words import terms_of
from platform_site.vocabulary.articles import ARTICLES, article_parts
from platform_site.vocabulary.store import Entry, Vocabulary, vocabulary

# At least one word of a search is so long: "a" begins a word of nearly every article.
SHORTEST_WORD = 3
# "periods" finds "period": a word of the list may be followed by so many letters more.
LONGEST_ENDING, SHORTEST_STEM = 3, 4
# What stands before a number, in the five languages.
NUMBERED = "art article artikel artículo articolo"
_NUMBER = re.compile(r"\A(?:§{1,2}|art(?:icles?|s|ikeln?|iculos?|icol[oi])?)?[.\s]*(\d+[a-z]?)(?!\d)")


@dataclass(frozen=True)
class Article:
    """An article of an instrument, as the list has it; `number` is its number there ("13", "18a")."""

    entry: Entry
    instrument: Entry
    number: str

    @property
    def anchor(self) -> str:
        """The name of the article's place on the page of its instrument."""
        return f"article-{self.number}"

    @property
    def words(self) -> str:
        """The number as it is quoted."""
        return article_words(self.number)

    @property
    def href(self) -> str:
        """The address of that place."""
        return f"{reverse('library:legal_instrument', args=[self.instrument.code])}#{self.anchor}"

    def is_about(self, subject: str) -> bool:
        """Return whether these words say no more than the list does, in whatever language."""
        return any(sort_text(subject.strip()) == sort_text(label) for label in self.entry.labels.values())


def article_words(number: str) -> str:
    """Return the number of an article as it is quoted in the reader's language."""
    return _("art. %(number)s") % {"number": number}


def article_number(words: str) -> tuple[str, bool]:
    """Return the number in what an editor wrote of an article ("art. 3 (a)": "3"), "" without one; and whether that is
    all that stands there.
    """
    folded = sort_text(words.strip())
    match = _NUMBER.match(folded)
    return (match.group(1), match.end() == len(folded)) if match else ("", False)


def articles_by_instrument() -> dict[str, list[Article]]:
    """Return the articles of the list that are still offered, by the code of their instrument, in the list's order."""
    found: dict[str, list[Article]] = {}
    for article in _articles(vocabulary(ARTICLES), vocabulary("legal_instruments")):
        found.setdefault(article.instrument.code, []).append(article)
    return found


def find_articles(query: str) -> list[Article]:
    """Return the articles whose labels have all words of `query` in one language, those that fit best first.

    Accents, case and endings do not count. Words may also be those of the instrument, as long as one is the article's,
    or its number.
    """
    terms = [_as_words(term) for term in terms_of(query)]
    if not any(len(term) >= SHORTEST_WORD for term in terms):
        return []
    found = []
    for place, (article, texts) in enumerate(_searched(vocabulary(ARTICLES), vocabulary("legal_instruments"))):
        number = article.number
        fits = [fit for own, all_words in texts if (fit := _fit(terms, number, own, all_words)) is not None]
        if fits:
            found.append((min(fits), place, article))
    return [article for _fits, _place, article in sorted(found, key=lambda one: one[:2])]


def _fit(terms: Sequence[str], number: str, own: str, all_words: str) -> int | None:
    """Return how many of the terms are not words of the article as they stand; None if a term is nowhere, or none is
    the article's: one of its own words, or its number as it is.
    """
    if not (all(_has(all_words, term) for term in terms) and any(term == number or _has(own, term) for term in terms)):
        return None
    return sum(f" {term} " not in own for term in terms)


def _has(text: str, term: str) -> bool:
    if f" {term}" in text:
        return True
    return any(
        len(term) - LONGEST_ENDING <= len(word) < len(term) and len(word) >= SHORTEST_STEM and term.startswith(word)
        for word in text.split()
    )


def _as_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", sort_text(text)))


# The lists are the same objects until one of them changes.
@lru_cache(maxsize=2)
def _articles(entries: Vocabulary, instruments: Vocabulary) -> tuple[Article, ...]:
    found = []
    for entry in entries.offered():
        code, number = article_parts(entry.code)
        instrument = instruments.get(code)
        if instrument is not None and not instrument.retired:
            found.append(Article(entry, instrument, number))
    return tuple(found)


@lru_cache(maxsize=2)
def _searched(entries: Vocabulary, instruments: Vocabulary) -> tuple[tuple[Article, list[tuple[str, str]]], ...]:
    """Return each article with, for each language, its own words and these with those of its instrument."""
    found = []
    for article in _articles(entries, instruments):
        texts = []
        for language, label in article.entry.labels.items():
            if label:
                own = f" {_as_words(label)} "
                name = f"{article.instrument.label(language)} {NUMBERED} {article.number}"
                texts.append((own, f"{own}{_as_words(name)} "))
        found.append((article, texts))
    return tuple(found)
