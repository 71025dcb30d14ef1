"""Documents, queries and questions that the contract of the engines is made of."""

from __future__ import annotations

from typing import Any

import pytest

from search.documents import Passage, SearchDocument, Texts
from search.engines.base import Engine
from search.results import Answer, SearchRequest
from search.rules import PUBLIC
from search.tree import Phrase, Query, Word

LANGUAGES = ("en", "fr", "de", "es", "it")
EVERYBODY = frozenset({PUBLIC})
MEMBER = frozenset({PUBLIC, "member|staff"})
WORDS = ("lantern", "river", "copper", "meadow", "timber", "harvest", "orchard", "saddle", "pebble", "violin")


def document(name: str, title: str = "", *, language: str = "en", **values: Any) -> SearchDocument:
    """Return a document with the key `note:<name>` and a text in one language, or with `texts`."""
    fields = {field: values.pop(field) for field in ("names", "summary", "body") if field in values}
    values.setdefault("texts", {language: Texts(title=title or name, **fields)})
    values.setdefault("original", language)
    values.setdefault("type", "note")
    values.setdefault("pk", sum(ord(letter) for letter in name))
    values.setdefault("path", f"notes/{name}/")
    return SearchDocument(key=f"note:{name}", **values)


def fillers(number: int = 12) -> list[SearchDocument]:
    """Return documents about something else: how rare a word is shows only among others."""
    return [
        document(f"filler{place}", f"{WORDS[place % 10]} {WORDS[(place + 3) % 10]}", body=" ".join(WORDS[:5]))
        for place in range(number)
    ]


def words(*texts: str) -> Query:
    """Return the query that asks for all of these words."""
    return Query(tuple(Word(text) for text in texts))


def phrase(*texts: str, field: str = "") -> Query:
    """Return the query that asks for these words behind each other."""
    return Query((Phrase(texts, field),))


def pages(*texts: str) -> list[Passage]:
    """Return texts as the pages of a document."""
    return [Passage(place, f"p. {place}", f"read/#p{place}", text, "en") for place, text in enumerate(texts, start=1)]


class Asking:
    """Asks the engine as a reader does. Subclasses give the fixture `engine`: one that has no documents."""

    @pytest.fixture
    def engine(self) -> Engine:
        """The engine under test."""
        raise NotImplementedError

    def ask(self, engine: Engine, query: Query | None = None, **values: Any) -> Answer:
        """Return the answer for a reader of English for whom everything is public."""
        values.setdefault("languages", LANGUAGES)
        values.setdefault("rules", EVERYBODY)
        values.setdefault("limit", 50)
        return engine.search(SearchRequest(query=Query() if query is None else query, **values))

    def names(self, engine: Engine, query: Query | None = None, **values: Any) -> list[str]:
        """Return the names of the documents found, in order; the total must fit."""
        answer = self.ask(engine, query, **values)
        if "offset" not in values and answer.total <= 50:
            assert len(answer.found) == answer.total
        return [found.key.removeprefix("note:") for found in answer.found]
