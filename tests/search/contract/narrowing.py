"""What a reader may find and chose to see: rules, twins, filters, facets, days."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence

from search.documents import SearchDocument
from search.engines.base import Engine
from search.rules import PUBLIC
from search.tree import Query
from tests.search.contract.making import (
    EVERYBODY,
    MEMBER,
    WORDS,
    Asking,
    document,
    words,
)


class NarrowingContract(Asking):
    """Access, filters and facets."""

    # --- access -------------------------------------------------------------------------------------------------
    def test_nobody_finds_what_the_rules_do_not_let(self, engine: Engine) -> None:
        facets = {"country": ["RO"]}
        engine.put([document("a", "kestrel", rule="member|staff", facets=facets), document("b", "kestrel")])
        answer = self.ask(engine, words("kestrel"), facets=("country",))
        assert ([found.key for found in answer.found], answer.total, answer.facets) == (["note:b"], 1, {"country": {}})
        assert sorted(self.names(engine, words("kestrel"), rules=MEMBER)) == ["a", "b"]
        assert self.names(engine, words("kestrel"), rules=frozenset()) == []
        assert self.names(engine, rules=frozenset()) == []

    def test_of_twins_each_reader_finds_one(self, engine: Engine) -> None:
        facets = {"country": ["RO"]}
        public = document("a", "kestrel", hidden_by="member|staff", facets=facets)
        twin = document("a#member", "kestrel", body="private wagtail", rule="member|staff", facets=facets)
        engine.put([public, twin])
        assert self.names(engine, words("kestrel")) == ["a"]
        assert self.names(engine, words("wagtail")) == []
        assert self.names(engine, words("kestrel"), rules=MEMBER) == ["a#member"]
        assert self.names(engine, words("wagtail"), rules=MEMBER) == ["a#member"]
        for rules in (EVERYBODY, MEMBER):
            assert self.ask(engine, rules=rules, facets=("country",)).facets == {"country": {"RO": 1}}

    def test_rules_of_the_index_are_known(self, engine: Engine) -> None:
        assert engine.rules() == frozenset()
        engine.put([document("a", hidden_by="member|staff"), document("b", rule="group:1&signed_in")])
        assert engine.rules() == {PUBLIC, "member|staff", "group:1&signed_in"}

    # --- filters and facets -------------------------------------------------------------------------------------
    def test_filters_join_or_within_and_and_between(self, engine: Engine) -> None:
        rows: Mapping[str, Mapping[str, Sequence[str]]] = {
            "a": {"country": ["RO", "DE"], "topic": ["return"]},
            "b": {"country": ["DE"], "topic": ["asylum"]},
            "c": {"country": [], "topic": ["return"]},
            "d": {},
        }
        engine.put([document(name, facets=facets) for name, facets in rows.items()])
        assert sorted(self.names(engine, filters={"country": frozenset({"RO", "DE"})})) == ["a", "b"]
        both = {"country": frozenset({"DE"}), "topic": frozenset({"return"})}
        assert self.names(engine, filters=both) == ["a"]
        assert self.names(engine, filters={"country": frozenset({"XX"})}) == []
        assert len(self.names(engine, filters={"country": frozenset()})) == 4

    def test_a_code_that_begins_like_another_is_another(self, engine: Engine) -> None:
        engine.put([document("a", facets={"topic": ["re"]}), document("b", facets={"topic": ["return"]})])
        assert self.names(engine, filters={"topic": frozenset({"re"})}) == ["a"]
        assert self.names(engine, filters={"opic": frozenset({"re"})}) == []

    def test_a_facet_counts_what_another_choice_in_it_would_give(self, engine: Engine) -> None:
        engine.put(
            [
                document("a", facets={"country": ["RO"], "topic": ["return"]}),
                document("b", facets={"country": ["DE"], "topic": ["return"]}),
                document("c", facets={"country": ["DE"], "topic": ["asylum"]}),
            ]
        )
        answer = self.ask(engine, filters={"country": frozenset({"RO"})}, facets=("country", "topic"))
        assert answer.total == 1
        assert answer.facets == {"country": {"RO": 1, "DE": 2}, "topic": {"return": 1}}

    def test_facets_are_counted_over_allpages(self, engine: Engine) -> None:
        engine.put(document(f"d{number}", facets={"topic": [f"t{number % 30}"]}) for number in range(60))
        answer = self.ask(engine, facets=("topic",), limit=5)
        assert len(answer.found) == 5
        assert answer.facets["topic"] == {f"t{number}": 2 for number in range(30)}

    def test_facets_equal_a_count_by_hand(self, engine: Engine) -> None:
        chance = random.Random(5)
        documents = [_by_chance(chance, number) for number in range(60)]
        engine.put(documents)
        for _case in range(200):
            rules = frozenset({PUBLIC} if chance.random() < 0.5 else {PUBLIC, "member|staff"})
            word = chance.choice(("", *WORDS[:4]))
            filters = {
                name: frozenset(chance.sample(codes, chance.randint(0, min(2, len(codes)))))
                for name, codes in _CODES.items()
                if chance.random() < 0.5
            }
            query = words(word) if word else Query()
            answer = self.ask(engine, query, rules=rules, filters=filters, facets=tuple(_CODES))
            expected = _by_hand(documents, word, rules, filters)
            assert (answer.total, answer.facets) == expected, (word, rules, filters)

    def test_a_span_of_days_narrows(self, engine: Engine) -> None:
        engine.put(
            [
                document(f"y{year}", date=dt.date(year, 6, 1), facets={"year": [str(year)]})
                for year in (2018, 2020, 2022)
            ]
        )
        engine.put([document("never")])
        since, until = dt.date(2020, 6, 1), dt.date(2021, 1, 1)
        assert sorted(self.names(engine, since=since)) == ["y2020", "y2022"]
        assert sorted(self.names(engine, until=until)) == ["y2018", "y2020"]
        answer = self.ask(engine, since=since, until=until, facets=("year",))
        assert answer.facets == {"year": {"2020": 1}}


_CODES = {"country": ["RO", "DE", "IT", "FR"], "topic": ["return", "asylum", "labour"], "empty": ["x"]}


def _by_chance(chance: random.Random, number: int) -> SearchDocument:
    """Return a document with facets of none, one or several codes; some for members, some with a twin for members."""
    facets = {
        name: chance.sample(codes, chance.randint(0, len(codes))) for name, codes in _CODES.items() if name != "empty"
    }
    title = " ".join(chance.sample(WORDS[:4], 2))
    rule, hidden_by = chance.choice([(PUBLIC, ""), (PUBLIC, ""), ("member|staff", ""), (PUBLIC, "member|staff")])
    return document(f"d{number:03}", title, facets=facets, rule=rule, hidden_by=hidden_by, pk=number)


def _by_hand(
    documents: Iterable[SearchDocument], word: str, rules: frozenset[str], filters: Mapping[str, frozenset[str]]
) -> tuple[int, dict[str, dict[str, int]]]:
    """Return total and facets, counted in the plainest way."""
    seen = [
        one
        for one in documents
        if one.rule in rules and one.hidden_by not in rules and (not word or word in one.texts["en"].title.split())
    ]

    def passes(one: SearchDocument, but: str = "") -> bool:
        return all(
            codes.intersection(one.facets.get(name, ())) for name, codes in filters.items() if codes and name != but
        )

    counts: dict[str, dict[str, int]] = {}
    for name in _CODES:
        counts[name] = {}
        for one in seen:
            if passes(one, but=name):
                for code in one.facets.get(name, ()):
                    counts[name][code] = counts[name].get(code, 0) + 1
    return sum(passes(one) for one in seen), counts
