"""The text of a tsvector, made by us: places, weights, and what goes where it is too big."""

from __future__ import annotations

from search.engines.postgresql import vector


def test_a_vector_has_a_position_and_weight_for_each_word() -> None:
    assert vector([[["a", "b"], ["a"]], [], [], [["c"]]], name="x") == "'a':2A,5A 'b':3A 'c':7D"


def test_a_vector_that_is_too_big_loses_places_then_words() -> None:
    stems = ["a"] * 50 + ["b"]
    assert vector([[stems]], name="x", most_bytes=40) == "'a':2 'b':52"
    assert vector([[stems]], name="x", most_bytes=8) == "'a':2"
