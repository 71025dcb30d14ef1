"""Words that everybody may know of: for suggestions and did-you-mean."""

from __future__ import annotations

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.terms import similar_words, words_beginning
from search.models import IndexTerm, IndexTermGram
from search.spelling import candidates
from tests.search.contract.making import document
from tests.search.indexes import empty_engine

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


@pytest.fixture
def engine() -> EmbeddedEngine:
    """An empty index."""
    return empty_engine()


def test_words_come_by_how_many_documents_have_them(engine: EmbeddedEngine) -> None:
    engine.put([document("a", "kestrel"), document("b", "kestrels and kestrel"), document("c", "wagtail")])
    assert words_beginning("kes", LANGUAGES) == [("kestrel", 2), ("kestrels", 1)]
    assert words_beginning("kes", ("fr",)) == []
    assert words_beginning("kes", LANGUAGES, most=1) == [("kestrel", 2)]
    assert words_beginning("", LANGUAGES) == []


@pytest.mark.parametrize("slip", ["kestral", "kestrl", "kesrtel", "kkestrel", "estrel"])
def test_a_slip_finds_the_word(engine: EmbeddedEngine, slip: str) -> None:
    engine.put([document("a", "kestrel wagtail heron falcon"), document("b", "nothing alike at all")])
    assert candidates(slip, similar_words(slip, LANGUAGES)) == ["kestrel"]


def test_words_that_not_everybody_may_read_are_not_told(engine: EmbeddedEngine) -> None:
    engine.put([document("a", "secretword", rule="member|staff"), document("b", "openword")])
    assert words_beginning("secretword", LANGUAGES) == []
    assert similar_words("secretwort", LANGUAGES) == []
    # What becomes public is told, and no longer so when it is withdrawn again.
    engine.put([document("a", "secretword")])
    assert words_beginning("secretword", LANGUAGES) == [("secretword", 1)]
    engine.put([document("a", "secretword", rule="member|staff")])
    assert words_beginning("secretword", LANGUAGES) == []


def test_words_go_with_the_last_document_that_has_them(engine: EmbeddedEngine) -> None:
    engine.put([document("a", "kestrel"), document("b", "kestrel")])
    engine.remove(["note:a"])
    assert words_beginning("kestrel", LANGUAGES) == [("kestrel", 1)]
    engine.put([document("b", "heron")])
    assert words_beginning("kestrel", LANGUAGES) == []
    assert set(IndexTerm.objects.values_list("word", flat=True)) == {"heron"}
    assert set(IndexTermGram.objects.values_list("term__word", flat=True)) == {"heron"}


def test_a_build_has_words_of_its_own(engine: EmbeddedEngine) -> None:
    engine.put([document("a", "kestrel")])
    build = engine.start_build()
    engine.put_into(build, [document("b", "heron")])
    assert words_beginning("heron", LANGUAGES) == []
    engine.switch(build)
    assert words_beginning("heron", LANGUAGES) == [("heron", 1)]
    for old in engine.unused_builds():
        engine.drop(old)
    assert set(IndexTerm.objects.values_list("word", flat=True)) == {"heron"}
