"""The index of a list against a count done the slow way."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from platform_site.listing.facets import Facet, Option
from platform_site.listing.index import FacetIndex, IndexedRecord, IndexedRow, row_fit

VALUES = ["a", "b", "c"]


def options() -> list[Option]:
    return [Option(value, value.upper()) for value in VALUES]


FACETS = [
    Facet("kind", "Kind", options),
    Facet("need", "Need", options, scope="row"),
    Facet("tongue", "Tongue", options, scope="row", absent="not_stated"),
    Facet("age", "Age", options, scope="row", absent="not_stated"),
]
ROW_NAMES = ["need", "tongue", "age"]

some = st.frozensets(st.sampled_from(VALUES))
rows = st.builds(IndexedRow, st.fixed_dictionaries(dict.fromkeys(ROW_NAMES, some)), closed=st.booleans())
record_parts = st.tuples(st.fixed_dictionaries({"kind": some}), st.lists(rows, max_size=4))
choices = st.dictionaries(st.sampled_from(["kind", *ROW_NAMES]), st.frozensets(st.sampled_from(VALUES), min_size=1))


def slow_answer(record: IndexedRecord, chosen: Mapping[str, frozenset[str]]) -> str:
    """Say "match", "not_stated" or "no", straight from the words of the rule."""
    if "kind" in chosen and not record.values["kind"] & chosen["kind"]:
        return "no"
    asked = {name: wanted for name, wanted in chosen.items() if name != "kind"}
    if not asked:
        return "match"
    answers = []
    for row in record.rows:
        verdicts = []
        for name, wanted in asked.items():
            held = row.values[name]
            if held & wanted:
                verdicts.append("yes")
            elif held or row.closed or name == "need":
                verdicts.append("no")
            else:
                verdicts.append("unsaid")
        answers.append("no" if "no" in verdicts else "not_stated" if "unsaid" in verdicts else "match")
    return "match" if "match" in answers else "not_stated" if "not_stated" in answers else "no"


@given(st.lists(record_parts, max_size=8), choices, st.sets(st.integers(0, 7)))
def test_answers_and_counts_equal_the_slow_count(parts, chosen, hidden) -> None:
    records = [IndexedRecord(pk=10 + number, values=own, rows=found) for number, (own, found) in enumerate(parts)]
    index = FacetIndex(FACETS, records)
    readable = [record for number, record in enumerate(records) if number not in hidden]
    visible = index.mask_of(record.pk for record in readable)

    outcome = index.evaluate(chosen, visible)

    assert index.in_order(outcome.matches, "") == [r.pk for r in readable if slow_answer(r, chosen) == "match"]
    assert index.in_order(outcome.not_stated, "") == [r.pk for r in readable if slow_answer(r, chosen) == "not_stated"]
    counts = index.counts(chosen, visible)
    for facet, value in itertools.product(FACETS, VALUES):
        alone = {**chosen, facet.name: frozenset({value})}
        expected = sum(slow_answer(record, alone) == "match" for record in readable)
        assert counts[facet.name].get(value, 0) == expected


@given(
    st.lists(record_parts, max_size=6),
    st.lists(st.dictionaries(st.integers(0, 7), st.none() | record_parts, max_size=4), max_size=3),
    choices,
)
def test_an_index_with_changes_equals_a_new_one(parts, steps, chosen) -> None:
    def record(pk, part):
        return IndexedRecord(pk=pk, values=part[0], rows=part[1], sort={"size": len(part[1])})

    there = {pk: record(pk, part) for pk, part in enumerate(parts)}
    index = FacetIndex(FACETS, there.values())
    for step in steps:
        before, kept = index, index.counts({}, index.mask_of(there))
        changes = {pk: None if part is None else record(pk, part) for pk, part in step.items()}
        index = index.with_changes(changes)
        assert before.counts({}, before.mask_of(there)) == kept, "readers of the old one are not disturbed"
        there = {pk: found for pk, found in (there | changes).items() if found is not None}
    anew = FacetIndex(FACETS, there.values())

    def answers(made: FacetIndex):
        everything = made.mask_of(there)
        outcome = made.evaluate(chosen, everything)
        counts = made.counts(chosen, everything)
        return (
            made.in_order(everything, "size"),
            made.in_order(outcome.matches, "size"),
            made.in_order(outcome.not_stated, "size"),
            {(name, value): number for name, of in counts.items() for value, number in of.items() if number},
            {facet.name: made.occurring(facet.name, everything) for facet in FACETS},
        )

    assert answers(index) == answers(anew)


@given(rows, choices)
def test_row_fit_agrees_with_the_index(row, chosen) -> None:
    chosen = {name: wanted for name, wanted in chosen.items() if name != "kind"}
    record = IndexedRecord(pk=1, values={"kind": frozenset()}, rows=[row])
    expected = {"stated": "match", "not_stated": "not_stated", "no": "no"}[row_fit(FACETS, row, chosen)]
    assert slow_answer(record, chosen) == expected


def test_two_services_do_not_answer_together() -> None:
    """One service for minors and another in French are no service for minors in French."""
    row_a = IndexedRow({"need": frozenset("a"), "age": frozenset("a"), "tongue": frozenset("b")})
    row_b = IndexedRow({"need": frozenset("a"), "age": frozenset("b"), "tongue": frozenset("a")})
    index = FacetIndex(FACETS, [IndexedRecord(pk=1, values={}, rows=[row_a, row_b])])
    chosen = {"age": frozenset("a"), "tongue": frozenset("a")}
    outcome = index.evaluate(chosen, index.mask_of([1]))
    assert outcome.matches == outcome.not_stated == 0
    assert index.counts(chosen, index.mask_of([1]))["age"] == {"b": 1}


def test_orders_follow_the_sort_values() -> None:
    records = [IndexedRecord(pk=pk, values={}, sort={"age": age}) for pk, age in ((1, 30), (2, 10), (3, 20))]
    index = FacetIndex(FACETS, records)
    everything = index.mask_of([1, 2, 3])
    assert index.in_order(everything, "age") == [2, 3, 1]
    assert index.in_order(everything, "unknown") == [1, 2, 3]
    assert index.in_order(index.mask_of([3, 99]), "age") == [3]
