"""In which order matches come: scores, sorts, pages, relaxed queries, passages."""

from __future__ import annotations

import datetime as dt
import itertools

from django.utils import timezone

from search.documents import FIELDS, Passage, Texts
from search.engines.base import Engine
from search.ranking import FIELD_WEIGHTS
from search.results import NEWEST, OLDEST, TITLE
from search.tree import Not, Query, Word
from tests.search.contract.making import (
    LANGUAGES,
    Asking,
    document,
    fillers,
    pages,
    words,
)


class OrderContract(Asking):
    """In which order documents and their passages come."""

    # --- order --------------------------------------------------------------------------------------------------
    def test_fields_weigh_by_what_they_say(self, engine: Engine) -> None:
        engine.put(
            [
                document("body", "x", body="kestrel"),
                document("summary", "x", summary="kestrel"),
                document("names", "x", names="kestrel"),
                document("title", "kestrel y"),
                *fillers(),
            ]
        )
        assert self.names(engine, words("kestrel")) == sorted(FIELDS, key=lambda name: -FIELD_WEIGHTS[name])

    def test_the_whole_title_comes_first(self, engine: Engine) -> None:
        engine.put(
            [
                document(
                    "more", "kestrel falcon", names="kestrel falcon", summary="kestrel falcon", body="kestrel " * 9
                ),
                document("whole", "The Kestrels"),
                *fillers(),
            ]
        )
        assert self.names(engine, words("kestrel"))[0] == "whole"

    def test_the_readers_own_language_comes_first(self, engine: Engine) -> None:
        # "Rat" is advice in German; its stem in the others differs from that of "rate".
        engine.put([document("de", "Raten x", language="de"), document("en", "rates x"), *fillers()])
        assert self.names(engine, words("rates"), languages=LANGUAGES)[0] == "en"

    def test_boost_lifts(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel x"), document("b", "kestrel x", boost=3.0), *fillers()])
        assert self.names(engine, words("kestrel")) == ["b", "a"]

    def test_equal_matches_stand_by_date_then_key(self, engine: Engine) -> None:
        days = {"a": None, "b": dt.date(2020, 1, 1), "c": dt.date(2021, 1, 1), "d": dt.date(2021, 1, 1)}
        engine.put([document(name, "kestrel x", date=day) for name, day in days.items()])
        assert self.names(engine, words("kestrel")) == ["c", "d", "b", "a"]
        assert self.names(engine) == ["c", "d", "b", "a"]

    def test_old_news_come_after_new_ones_and_old_reports_do_not(self, engine: Engine) -> None:
        old, new = dt.date(2001, 1, 1), timezone.localdate()
        engine.put(
            [
                document("news_old", "kestrel", type="news", date=old, body="kestrel"),
                document("news_new", "kestrel", type="news", date=new),
                document("report_old", "kestrel kestrel", date=old),
                document("report_new", "kestrel x", date=new),
                *fillers(),
            ]
        )
        found = self.names(engine, words("kestrel"))
        assert found.index("news_new") < found.index("news_old")
        assert found.index("report_old") < found.index("report_new")

    def test_sorts(self, engine: Engine) -> None:
        engine.put(
            [
                document("a", "Zebra", date=dt.date(2020, 1, 1)),
                document("b", "äpfel", date=dt.date(2022, 1, 1)),
                document("c", "Mango", date=None),
            ]
        )
        assert self.names(engine, sort=NEWEST) == ["b", "a", "c"]
        assert self.names(engine, sort=OLDEST) == ["a", "b", "c"]
        assert self.names(engine, sort=TITLE) == ["b", "c", "a"]

    def test_titles_sort_in_the_readers_language(self, engine: Engine) -> None:
        both = {"en": Texts("Zebra"), "de": Texts("Affe")}
        engine.put([document("a", texts=both), document("b", "Mango")])
        assert self.names(engine, sort=TITLE, languages=("de", "en")) == ["a", "b"]
        assert self.names(engine, sort=TITLE, languages=("en", "de")) == ["b", "a"]

    def test_pages_join_to_the_whole(self, engine: Engine) -> None:
        engine.put([document(f"d{number:02}", "kestrel", date=dt.date(2020, 1, number)) for number in range(1, 24)])
        whole = self.names(engine, words("kestrel"), limit=50)
        pages = [self.names(engine, words("kestrel"), offset=start, limit=5) for start in range(0, 30, 5)]
        assert list(itertools.chain(*pages)) == whole
        assert len(whole) == 23
        assert self.ask(engine, words("kestrel"), offset=20, limit=5).total == 23

    def test_a_thousand_results_deep_and_no_deeper(self, engine: Engine) -> None:
        engine.put(document(f"d{number:04}", "kestrel", pk=number) for number in range(1_010))
        answer = self.ask(engine, words("kestrel"), offset=990, limit=50)
        assert (answer.total, len(answer.found)) == (1_010, 10)
        assert self.ask(engine, words("kestrel"), offset=1_000, limit=10).found == []
        assert self.ask(engine, words("kestrel"), offset=10**9, limit=10).found == []

    def test_a_relaxed_query_gives_more_parts_first(self, engine: Engine) -> None:
        engine.put(
            [
                document("one", "kestrel kestrel", names="kestrel", body="kestrel"),
                document("two", "x", body="kestrel and wagtail"),
                document("three", "x", body="kestrel and wagtail and heron"),
                *fillers(),
            ]
        )
        asked = Query((Word("kestrel"), Word("wagtail"), Word("heron")), is_relaxed=True)
        assert self.names(engine, asked) == ["three", "two", "one"]

    def test_a_relaxed_query_keeps_what_is_refused(self, engine: Engine) -> None:
        engine.put([document("a", "kestrel"), document("b", "wagtail"), document("c", "wagtail heron")])
        asked = Query((Word("kestrel"), Word("wagtail")), (Not(Word("heron")),), is_relaxed=True)
        assert sorted(self.names(engine, asked)) == ["a", "b"]

    # --- passages -----------------------------------------------------------------------------------------------
    def test_a_long_document_is_found_by_words_of_differentpages(self, engine: Engine) -> None:
        engine.put([document("a", passages=pages("kestrel", "wagtail"))])
        assert self.names(engine, words("kestrel", "wagtail")) == ["a"]

    def test_passages_say_where_and_come_best_first(self, engine: Engine) -> None:
        texts = ("nothing here", "kestrel among many other words of a long page about birds", "kestrel kestrel kestrel")
        engine.put([document("a", passages=pages(*texts)), document("b", passages=pages(*(["copper"] * 9)))])
        found = engine.passages(["note:a", "note:b"], words("kestrels"), LANGUAGES, most=3)
        assert list(found) == ["note:a"]
        assert [(one.number, one.label, one.path) for one in found["note:a"]] == [
            (3, "p. 3", "read/#p3"),
            (2, "p. 2", "read/#p2"),
        ]
        assert found["note:a"][0].text == texts[2]
        assert len(engine.passages(["note:a"], words("kestrel"), LANGUAGES, most=1)["note:a"]) == 1

    def test_passages_of_other_documents_are_not_shown(self, engine: Engine) -> None:
        engine.put([document("a", passages=pages("kestrel")), document("b", passages=pages("kestrel"))])
        assert set(engine.passages(["note:b"], words("kestrel"), LANGUAGES, most=3)) == {"note:b"}
        assert engine.passages([], words("kestrel"), LANGUAGES, most=3) == {}
        assert engine.passages(["note:none"], words("kestrel"), LANGUAGES, most=3) == {}

    def test_a_passage_with_all_words_goes_before_one_with_some(self, engine: Engine) -> None:
        texts = ("kestrel kestrel kestrel", "kestrel and wagtail", "wagtail")
        engine.put([document("a", passages=pages(*texts)), *fillers()])
        found = engine.passages(["note:a"], words("kestrel", "wagtail"), LANGUAGES, most=3)
        assert [one.number for one in found["note:a"]] == [2]
        engine.put([document("a", passages=pages("kestrel", "copper", "wagtail"))])
        found = engine.passages(["note:a"], words("kestrel", "wagtail"), LANGUAGES, most=3)
        assert sorted(one.number for one in found["note:a"]) == [1, 3]

    def test_passages_have_their_own_language(self, engine: Engine) -> None:
        page = Passage(1, "S. 1", "read/#p1", "die Beratungen", "de")
        engine.put([document("a", passages=[page])])
        found = engine.passages(["note:a"], words("beratung"), LANGUAGES, most=3)
        assert [one.language for one in found["note:a"]] == ["de"]
