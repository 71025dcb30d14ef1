"""A person in a case study has a code or initials: what is taken, what is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from practices.cases.names import check_code, check_no_name, looks_like_a_name

CODES = ["V-17", "2019/04", "RO12b", "A.", "A. B.", "A.B.", "M K", "M. K. L.", "E", "C-2026-003", "12"]
NAMES = [
    "Maria",
    "Maria Popescu",
    "maria",
    "Ana-Maria",
    "Ana Maria Popescu",
    "Zoë",
    "Müller",
    "O’Neill",
    "Popescu1",
    "Mrs B.",
    "victim",
    "V 17 Maria",
    "A. Popescu",
    "Do",
]


@pytest.mark.parametrize("code", CODES)
def test_codes_and_initials_are_taken(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        check_code(name)


@pytest.mark.parametrize("text", ["Boyfriend", "Road trip, holidays", "A friend of the family", "", "On the internet"])
def test_words_beside_other_are_no_names(text: str) -> None:
    check_no_name(text)


@pytest.mark.parametrize("text", ["Maria Popescu", "Ana Maria Popescu", "Ana-Maria Ionescu", "John O’Neill"])
def test_a_name_beside_other_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        check_no_name(text)


@given(st.text(max_size=40))
def test_any_text_is_taken_or_refused_with_a_sentence(text: str) -> None:
    try:
        check_code(text)
    except ValidationError:
        return
    assert not looks_like_a_name(text)


@given(st.lists(st.from_regex(r"\A[A-Z][a-z]{2,9}\Z"), min_size=1, max_size=3))
def test_no_word_with_a_capital_is_a_code(words: list[str]) -> None:
    with pytest.raises(ValidationError):
        check_code(" ".join(words))
