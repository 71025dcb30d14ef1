"""What a word may be a slip of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.spelling import candidates, fewest_shared_grams, grams, may_be_corrected, most_edits

TERMS = [
    ("shelter", 40),
    ("sheltered", 3),
    ("shelves", 2),
    ("smelter", 5),
    ("trafficking", 90),
    ("traffic", 7),
    ("rights", 50),
]
LETTERS = st.text(st.sampled_from("abcdeo"), min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sheltr", ["shelter", "smelter"]),
        ("shetler", ["shelter", "smelter"]),
        ("traficking", ["trafficking"]),
        ("trafikcing", ["trafficking"]),
        ("shelter", []),
        ("rihgts", ["rights"]),
        ("unrelated", []),
    ],
)
def test_the_nearest_terms_come_first(word: str, meant: list[str]) -> None:
    assert candidates(word, TERMS) == meant


def test_of_terms_as_near_the_more_frequent_comes_first() -> None:
    assert candidates("aband", [("abend", 1), ("aband0", 9), ("abanda", 5), ("abind", 7)], most=2) == [
        "abind",
        "abanda",
    ]


def test_a_short_word_has_one_slip_at_most() -> None:
    assert candidates("abcd", [("abdd", 1), ("acbd", 1), ("bbcc", 9)]) == ["abdd", "acbd"]
    assert most_edits("abcde") == 1
    assert most_edits("abcdef") == 2


@pytest.mark.parametrize("word", ["2011", "covid19", "ngo", "q0185q018k", "", "shelta"])
def test_codes_short_words_and_protected_ones_are_no_slips(word: str) -> None:
    terms = [("2012", 9), ("covid18", 9), ("ngos", 9), ("ngo1", 9), ("shelter", 9), ("q0185q018l", 9)]
    assert not may_be_corrected(word, protected={"shelta"})
    assert candidates(word, terms, protected={"shelta"}) == []


def test_a_term_may_come_in_several_times() -> None:
    assert candidates("sheltr", [("shelter", 3), ("shelter", 3)]) == ["shelter"]


def test_grams_are_the_pairs_of_letters_with_the_edges() -> None:
    assert grams("anana") == ("$a", "an", "na", "a$")
    assert grams("a") == ("$a", "a$")
    assert grams("") == ()


@given(LETTERS, LETTERS)
def test_what_is_in_reach_shares_enough_grams(word: str, term: str) -> None:
    if OSA.distance(word, term) <= most_edits(word):
        assert len(set(grams(word)) & set(grams(term))) >= fewest_shared_grams(word) or fewest_shared_grams(word) == 1
