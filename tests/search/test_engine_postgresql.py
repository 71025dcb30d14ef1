"""The embedded engine on PostgreSQL keeps the contract, and PostgreSQL's own limits do not lose a document."""

from __future__ import annotations

import pytest
from django.db import connection

from search.engines.embedded import EmbeddedEngine
from tests.search.contract import SearchEngineContract
from tests.search.contract.making import document, pages, phrase, words
from tests.search.indexes import empty_engine

if connection.vendor != "postgresql":
    pytest.skip("This run is on another database.", allow_module_level=True)

pytestmark = pytest.mark.django_db


class TestPostgresql(SearchEngineContract):
    """The contract, and what only PostgreSQL can get wrong."""

    @pytest.fixture
    def engine(self) -> EmbeddedEngine:
        """An empty index in the database of the test."""
        return empty_engine()

    def test_a_text_above_a_megabyte_is_found_by_its_words(self, engine: EmbeddedEngine) -> None:
        many = " ".join(f"word{number:06}x" for number in range(70_000))
        repeated = "kestrel heron " * 60_000
        engine.put([document("many", body=many), document("long", body=repeated, passages=pages("the wagtail"))])
        assert self.names(engine, words("word000001x")) == ["many"]
        assert self.names(engine, words("wagtail", "kestrel")) == ["long"]

    def test_a_text_with_too_many_words_loses_the_last_and_is_found_by_the_others(self, engine: EmbeddedEngine) -> None:
        many = " ".join(f"wordwordword{number:06}x" for number in range(110_000))
        engine.put([document("a", "kestrel", body=many, passages=pages("wordwordword109999x"))])
        assert self.names(engine, words("kestrel")) == ["a"]
        assert self.names(engine, words("wordwordword000001x")) == ["a"]
        assert engine.passages(["note:a"], words("wordwordword109999x"), ("en",), most=1)

    def test_a_phrase_late_in_a_long_text_is_found(self, engine: EmbeddedEngine) -> None:
        engine.put([document("a", body="copper " * 15_000 + "old kestrel")])
        assert self.names(engine, phrase("old", "kestrel")) == ["a"]
