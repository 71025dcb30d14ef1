"""What is kept: documents put, replaced, removed, read back; builds; texts that could be taken for syntax."""

from __future__ import annotations

import datetime as dt

import pytest

from search.documents import Texts
from search.engines.base import Engine
from search.rules import PUBLIC
from search.tree import Alternative, Either, Expanded, Not, Part, Phrase, Query, Word
from tests.search.contract.making import (
    LANGUAGES,
    MEMBER,
    Asking,
    document,
    pages,
    words,
)

HOSTILE = [
    '"', "'", "''", 'a"b', "a'b", "NEAR", "NEAR(a b)", "AND", "OR NOT", "^a", "a*", "*", ":", "title:", "a:b",
    "-", "--",
    "\\", "a\\", "%", "_", "%s", "%(x)s", "(", ")", "((((", "{a}", "[a]", "a\x00b", "\x00", "\ud800", "a\udfff",
    "😀", "a😀b", "\u202eabc", "مساعدة", "؟", "<b>", "</script>", "&amp;",
    "'; DROP TABLE search_entry; --", "1 OR 1=1",
    "§", "a§b", "!", "|", "&", "<->", "a <2> b", "'a':*", "\n", "\t", "", " ",
    "x" * 10_000, "é" * 3_000, "a " * 2_000,
]  # fmt: skip


class KeepingContract(Asking):
    """Writing, builds and hostile text."""

    # --- writing ------------------------------------------------------------------------------------------------
    def test_what_is_put_again_takes_the_place(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel", passages=pages("copper"), facets={"topic": ["x"]})])
        engine.put([document("a", "wagtail", passages=pages("timber"), facets={"topic": ["y"]}, rule="member|staff")])
        for gone in ("kestrel", "copper"):
            assert self.names(engine, words(gone), rules=MEMBER) == []
        for there in ("wagtail", "timber"):
            assert self.names(engine, words(there), rules=MEMBER) == ["a"]
            assert self.names(engine, words(there)) == []
        assert self.ask(engine, rules=MEMBER, facets=("topic",)).facets == {"topic": {"y": 1}}
        assert engine.passages(["note:a"], words("copper"), LANGUAGES, most=3) == {}
        assert engine.rules() == {"member|staff"}

    def test_only_what_differs_is_written(self, engine: Engine) -> None:
        assert engine.put([document("a", "kestrel"), document("b", "wagtail")]) == 2
        assert engine.put([document("a", "kestrel"), document("b", "heron")]) == 1
        assert engine.put([]) == 0

    def test_of_two_with_one_key_the_last_counts(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel"), document("a", "wagtail")])
        assert self.names(engine, words("wagtail")) == ["a"]
        assert self.names(engine, words("kestrel")) == []

    def test_removed_is_gone(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel", passages=pages("copper")), document("b", "kestrel")])
        engine.remove(["note:a", "note:never"])
        assert self.names(engine, words("kestrel")) == ["b"]
        assert self.names(engine, words("copper")) == []
        assert engine.stored(["note:a"]) == {}
        assert engine.passages(["note:a"], words("copper"), LANGUAGES, most=3) == {}

    def test_stored_is_what_was_put(self, engine: Engine) -> None:
        texts = {"de": Texts("Äpfel", summary="Ein Satz."), "en": Texts("Apples", names="AP", body="Two\nlines")}
        engine.put([document("a", texts=texts, original="de", date=dt.date(2020, 2, 3))])
        stored = engine.stored(["note:a", "note:none"])
        assert list(stored) == ["note:a"]
        one = stored["note:a"]
        assert (one.key, one.type, one.path, one.original) == ("note:a", "note", "notes/a/", "de")
        assert one.date == dt.date(2020, 2, 3)
        assert one.texts["de"] == {"title": "Äpfel", "summary": "Ein Satz."}
        assert one.texts["en"] == {"title": "Apples", "names": "AP", "body": "Two\nlines"}

    def test_keys_of_things_are_those_of_all_their_twins(self, engine: Engine) -> None:
        engine.put(
            [document("a", pk=1), document("a#member", pk=1), document("b", pk=2), document("c", type="x", pk=1)]
        )
        assert engine.keys([("note", 1)]) == {"note:a", "note:a#member"}
        assert engine.keys([("note", 2), ("x", 1), ("note", 9)]) == {"note:b", "note:c"}
        assert engine.keys([]) == frozenset()

    def test_a_scan_gives_all_in_order(self, engine: Engine) -> None:
        documents = [
            document(name, pk=7, rule=rule) for name, rule in (("b", PUBLIC), ("a#member", "member"), ("a", PUBLIC))
        ]
        engine.put(documents)
        scanned = list(engine.scan())
        assert [one.key for one in scanned] == ["note:a", "note:a#member", "note:b"]
        assert {one.key: one.fingerprint for one in scanned} == {one.key: one.fingerprint() for one in documents}
        assert [(one.type, one.pk, one.rule) for one in scanned][:2] == [("note", 7, PUBLIC), ("note", 7, "member")]

    def test_it_says_how_it_is(self, engine: Engine) -> None:
        engine.put([document("a"), document("b")])
        health = engine.health()
        assert (health.is_usable, health.documents, health.problem) == (True, 2, "")

    # --- builds -------------------------------------------------------------------------------------------------
    def test_a_build_is_not_seen_before_it_serves(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel")])
        build = engine.start_build()
        engine.put_into(build, [document("b", "kestrel")])
        assert self.names(engine, words("kestrel")) == ["a"]
        assert [one.key for one in engine.scan(build)] == ["note:b"]
        engine.switch(build)
        assert self.names(engine, words("kestrel")) == ["b"]
        assert self.names(engine) == ["b"]

    def test_saves_while_a_build_is_open_go_to_both(self, engine: Engine) -> None:
        engine.put([document("a", "old kestrel"), document("b", "kestrel")])
        build = engine.start_build()
        engine.put([document("a", "new kestrel")])
        engine.remove(["note:b"])
        # What the rebuild read before the save comes too late.
        assert engine.put_into(build, [document("a", "old kestrel"), document("c", "kestrel")]) == 1
        assert sorted(self.names(engine, words("kestrel"))) == ["a"]
        engine.switch(build)
        assert self.names(engine, words("new")) == ["a"]
        assert self.names(engine, words("old")) == []
        assert sorted(self.names(engine, words("kestrel"))) == ["a", "c"]

    def test_a_build_that_was_left_can_be_found_and_dropped(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel")])
        assert engine.open_build() is None
        build = engine.start_build()
        engine.put_into(build, [document("b", "kestrel", passages=pages("copper"))])
        assert engine.open_build() == build
        engine.drop(build)
        assert engine.open_build() is None
        assert list(engine.scan(build)) == []
        assert self.names(engine, words("kestrel")) == ["a"]
        engine.put([document("a", "wagtail")])
        assert self.names(engine, words("wagtail")) == ["a"]

    def test_what_served_before_can_be_dropped(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel")])
        build = engine.start_build()
        engine.put_into(build, [document("a", "kestrel")])
        assert engine.unused_builds() == []
        engine.switch(build)
        (old,) = engine.unused_builds()
        engine.drop(old)
        assert engine.unused_builds() == []
        assert self.names(engine, words("kestrel")) == ["a"]
        with pytest.raises(ValueError, match=str(build)):
            engine.drop(build)
        with pytest.raises(ValueError, match=str(build)):
            engine.switch(build)

    # --- hostile text -------------------------------------------------------------------------------------------
    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_text_is_syntax(self, engine: Engine, text: str) -> None:
        engine.put([document("a", "kestrel", passages=pages("kestrel"))])
        one: list[Part] = [Word(text), Word(text, is_prefix=True), Word(text, field="title"), Word("a", field=text)]
        one += [
            Phrase((text, "kestrel")),
            Phrase((text,)),
            Phrase(()),
            Either((Word(text), Phrase((text,)))),
            Either(()),
        ]
        one += [Expanded((Word(text),), (Alternative(Phrase((text, text)), "fr", 0.6),), "x"), Expanded((), (), "x")]
        for part in one:
            for query in (Query((part,)), Query((part, Word("kestrel")), is_relaxed=True)):
                assert self.ask(engine, query).total <= 1
                engine.passages(["note:a"], query, LANGUAGES, most=2)
        for refused in (Word(text), Phrase((text,))):
            assert self.ask(engine, Query((Word("kestrel"),), (Not(refused),))).total == 1
        assert self.names(engine, filters={text: frozenset({text})}) == []

    @pytest.mark.parametrize(
        "text", ["\x00nul", "'quote\" § kestrel's", "😀 emoji", "\\back", "a" * 5_000, "e\u0301" * 500]
    )
    def test_any_text_can_be_indexed(self, engine: Engine, text: str) -> None:
        engine.put([document("a", f"{text} heron", body=text * 3, passages=pages(text))])
        assert self.names(engine, words("heron")) == ["a"]
        assert "note:a" in engine.stored(["note:a"])
