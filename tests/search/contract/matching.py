"""What matches: words, phrases, beginnings, negation, alternatives, other words for a concept."""

from __future__ import annotations

import pytest

from search.documents import Texts
from search.engines.base import Engine
from search.tree import Alternative, Either, Expanded, Not, Phrase, Query, Word
from tests.search.contract.making import (
    LANGUAGES,
    Asking,
    document,
    fillers,
    pages,
    phrase,
    words,
)


class MatchingContract(Asking):
    """Which documents a query finds."""

    # --- words --------------------------------------------------------------------------------------------------
    @pytest.mark.parametrize("field", ["title", "names", "summary", "body"])
    def test_a_word_is_found_in_each_field(self, engine: Engine, field: str) -> None:
        texts = {"title": "nothing", field: "a lantern"}
        engine.put([document("a", texts={"en": Texts(**texts)}), document("b", "other")])
        assert self.names(engine, words("lantern")) == ["a"]

    def test_all_words_must_match_in_whatever_field(self, engine: Engine) -> None:
        engine.put([document("a", "lantern", body="river"), document("b", "lantern"), document("c", body="river")])
        assert self.names(engine, words("lantern", "river")) == ["a"]

    def test_words_may_stand_in_different_languages_of_a_document(self, engine: Engine) -> None:
        texts = {"en": Texts("lantern"), "de": Texts("Fluss")}
        engine.put([document("a", texts=texts)])
        assert self.names(engine, words("lantern", "fluss")) == ["a"]

    def test_a_word_of_no_document_finds_nothing(self, engine: Engine) -> None:
        engine.put(fillers(3))
        answer = self.ask(engine, words("unknownword"), facets=("country",))
        assert (answer.total, list(answer.found), answer.facets["country"]) == (0, [], {})

    def test_numbers_and_codes_are_words(self, engine: Engine) -> None:
        engine.put([document("a", "Directive 2011 36 EU"), document("b", "Directive 2011 37 EU")])
        assert self.names(engine, words("2011", "36")) == ["a"]

    def test_no_query_finds_everything(self, engine: Engine) -> None:
        engine.put([document("a"), document("b")])
        assert sorted(self.names(engine)) == ["a", "b"]

    def test_an_empty_index_answers(self, engine: Engine) -> None:
        answer = self.ask(engine, words("lantern"), facets=("type",))
        assert (answer.total, answer.facets) == (0, {"type": {}})

    @pytest.mark.parametrize(
        ("language", "written", "asked"),
        [
            ("en", "trafficked children", "trafficking"),
            ("en", "organisations", "organization"),
            ("fr", "les enfants exploités", "exploitation"),
            ("fr", "hébergements", "hebergement"),
            ("de", "Beratungen für Opfer", "Beratung"),
            ("de", "Häuser", "häuser"),
            ("es", "víctimas protegidas", "proteger"),
            ("es", "organizaciones", "organizacion"),
            ("it", "le vittime sfruttate", "vittima"),
            ("it", "protezioni", "protezione"),
        ],
    )
    def test_other_forms_of_a_word_are_found(self, engine: Engine, language: str, written: str, asked: str) -> None:
        engine.put([document("a", written, language=language), *fillers(3)])
        assert self.names(engine, words(asked), languages=(language, *LANGUAGES)) == ["a"]
        # Somebody who reads another language finds it too.
        assert self.names(engine, words(asked), languages=LANGUAGES) == ["a"]

    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("Café Müller", "cafe"),
            ("cafe", "café"),
            ("œuvre", "oeuvre"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
        ],
    )
    def test_accents_and_case_do_not_count(self, engine: Engine, written: str, asked: str) -> None:
        engine.put([document("a", written), *fillers(2)])
        assert self.names(engine, words(asked)) == ["a"]

    def test_words_of_other_scripts_find_themselves(self, engine: Engine) -> None:
        engine.put([document("a", "помощь жертвам"), document("b", "помощники")])
        assert self.names(engine, words("помощь")) == ["a"]

    # --- phrases ------------------------------------------------------------------------------------------------
    def test_a_phrase_needs_its_words_behind_each_other(self, engine: Engine) -> None:
        engine.put([document("a", body="the safe return of women"), document("b", body="safe after the return")])
        assert self.names(engine, phrase("safe", "return")) == ["a"]
        assert self.names(engine, phrase("return", "safe")) == []

    def test_a_phrase_is_found_in_other_forms_of_its_words(self, engine: Engine) -> None:
        engine.put([document("a", body="safe returns"), *fillers(2)])
        assert self.names(engine, phrase("safe", "return")) == ["a"]

    def test_a_phrase_does_not_reach_from_one_field_into_another(self, engine: Engine) -> None:
        engine.put([document("a", "lantern", summary="river")])
        assert self.names(engine, phrase("lantern", "river")) == []

    def test_a_phrase_does_not_reach_from_one_language_into_another(self, engine: Engine) -> None:
        texts = {"en": Texts("x", body="the lantern"), "de": Texts("x", body="river")}
        engine.put([document("a", texts=texts)])
        assert self.names(engine, phrase("lantern", "river")) == []

    def test_a_phrase_does_not_reach_from_one_passage_into_another(self, engine: Engine) -> None:
        engine.put([document("a", passages=pages("the lantern", "river bank"))])
        assert self.names(engine, phrase("lantern", "river")) == []
        assert self.names(engine, phrase("river", "bank")) == ["a"]

    # --- beginnings, negation, alternatives, fields -------------------------------------------------------------
    @pytest.mark.parametrize("asked", ["tra", "traff", "trafficki", "trafficking"])
    def test_a_beginning_finds_the_words_that_begin_so(self, engine: Engine, asked: str) -> None:
        engine.put([document("a", "trafficking"), document("b", "lantern")])
        assert self.names(engine, Query((Word(asked, is_prefix=True),))) == ["a"]

    def test_without_takes_out(self, engine: Engine) -> None:
        engine.put([document("a", "lantern river"), document("b", "lantern")])
        query = Query((Word("lantern"),), (Not(Word("rivers")),))
        assert self.names(engine, query) == ["b"]

    def test_without_a_phrase_leaves_its_single_words(self, engine: Engine) -> None:
        engine.put([document("a", "lantern on the old river"), document("b", "lantern river old")])
        query = Query((Word("lantern"),), (Not(Phrase(("old", "river"))),))
        assert self.names(engine, query) == ["b"]

    def test_only_without_gives_all_others(self, engine: Engine) -> None:
        engine.put([document("a", "lantern"), document("b", "river")])
        assert self.names(engine, Query((), (Not(Word("river")),))) == ["a"]

    def test_without_holds_for_each_language(self, engine: Engine) -> None:
        engine.put([document("a", "Beratungen", language="de"), document("b", "river")])
        assert self.names(engine, Query((), (Not(Word("beratung")),))) == ["b"]

    def test_one_of_several_alternatives_is_enough(self, engine: Engine) -> None:
        engine.put([document("a", "lantern"), document("b", "river bank"), document("c", "bank river")])
        query = Query((Either((Word("lantern"), Phrase(("river", "bank")))),))
        assert sorted(self.names(engine, query)) == ["a", "b"]

    def test_a_word_can_be_asked_of_one_field(self, engine: Engine) -> None:
        engine.put([document("a", "lantern"), document("b", "x", body="lantern")])
        assert self.names(engine, Query((Word("lantern", field="title"),))) == ["a"]
        assert self.names(engine, Query((Word("lantern", field="body"),))) == ["b"]
        assert self.names(engine, Query((Word("lant", is_prefix=True, field="title"),))) == ["a"]
        assert self.names(engine, phrase("lantern", field="title")) == ["a"]

    # --- the thesaurus ------------------------------------------------------------------------------------------
    def _expanded(self, *parts: Word | Phrase) -> Query:
        alternatives = (
            Alternative(Phrase(("human", "lantern")), "en", 0.8),
            Alternative(Word("laterne"), "de", 0.6),
        )
        return Query((Expanded(parts, alternatives, "concept"),))

    def test_other_words_for_a_concept_are_found_after_the_own_ones(self, engine: Engine) -> None:
        found = [
            document("own", "kestrel falcon"),
            document("same", "human lantern"),
            document("other", "Laternen x", language="de"),
            document("half", "human river"),
        ]
        engine.put([*found, *fillers()])
        query = self._expanded(Word("kestrel"), Word("falcon"))
        assert self.names(engine, query) == ["own", "same", "other"]

    def test_other_words_join_with_the_rest_of_the_query(self, engine: Engine) -> None:
        engine.put([document("a", "Laterne", language="de", body="orchard"), document("b", "Laterne", language="de")])
        query = self._expanded(Word("copper"))
        query = Query((*query.parts, Word("orchard")))
        assert self.names(engine, query) == ["a"]

    def test_an_alternative_is_a_word_of_its_own_language(self, engine: Engine) -> None:
        query = Query((Expanded((Word("zzz"),), (Alternative(Word("lanternes"), "fr", 0.6),), "concept"),))
        engine.put([document("a", "lanternes", language="fr")])
        assert self.names(engine, query) == ["a"]
