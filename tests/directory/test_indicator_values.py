"""Values of indicators: which are taken, which are refused, how they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.profiles.indicators import ValueKind
from directory.profiles.values import is_old, is_percentage, value_problem, value_words, years_in
from platform_site.records.gate import PublishRefused
from tests.directory.profiles import fact, make_profile

TAKEN = [
    ("yes_no_practice", "yes", True),
    ("yes_no_practice", "practice", True),
    ("yes_no_practice", "Yes", False),
    ("yes_no_practice", "", False),
    ("number", "27", True),
    ("number", "-3.5", True),
    ("number", "1,200", False),
    ("number", "27 percent", False),
    ("number", "٣", False),
    ("number", "NaN", False),
    ("date", "2003", True),
    ("date", "2003-02-28", True),
    ("date", "2003-02-30", False),
    ("date", "March 2003", False),
    ("text", "origin and transit", True),
]


@pytest.mark.parametrize(("kind", "value", "taken"), TAKEN)
def test_each_kind_takes_its_values(kind: str, value: str, taken: bool) -> None:
    assert bool(value_problem(kind, value)) is not taken


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=3, allow_nan=False, allow_infinity=False))
def test_every_plain_number_is_taken_and_written(number: Decimal) -> None:
    value = f"{number:f}"
    assert not value_problem("number", value)
    with translation.override("en"):
        assert value_words("number", value, "metres").endswith(" metres")


@given(st.text(max_size=30), st.sampled_from([*ValueKind.values]), st.text(max_size=12))
def test_no_text_breaks_the_rules_or_the_words(value: str, kind: str, unit: str) -> None:
    value_problem(kind, value)
    is_percentage(kind, value, unit)
    is_old(value, 2026)
    with translation.override("en"):
        assert isinstance(value_words(kind, value, unit), str)


WORDS = [
    ("en", "yes_no_practice", "practice", "", "In practice, without a rule"),
    ("en", "number", "1200", "persons", "1,200 persons"),
    ("de", "number", "1200.5", "Fälle", "1.200,5 Fälle"),
    ("en", "number", "1", "months", "1 month"),
    ("en", "number", "1.5", "months", "1.5 months"),
    ("en", "number", "27", "percent", "27 percent"),
    ("en", "date", "2003", "", "2003"),
    ("en", "date", "2007-03", "", "March 2007"),
    ("en", "text", "mainly source", "", "mainly source"),
]


@pytest.mark.parametrize(("language", "kind", "value", "unit", "words"), WORDS)
def test_values_in_words(language: str, kind: str, value: str, unit: str, words: str) -> None:
    with translation.override(language):
        assert value_words(kind, value, unit).replace("\u202f", " ").replace("\xa0", " ") == words


YEARS = [
    ("2024", [2024], False),
    ("2022", [2022], True),
    ("2019-2021", [2019, 2021], True),
    ("since 2024", [2024], False),
    ("2008-07/2011-12", [2008, 2011], True),
    ("", [], False),
    ("lately", [], False),
    ("12024", [], False),
]


@pytest.mark.parametrize(("text", "years", "old"), YEARS)
def test_years_are_found_and_judged_by_the_last(text: str, years: list[int], old: bool) -> None:
    assert years_in(text) == years
    assert is_old(text, 2026) is old


PERCENTAGES = [
    ("number", "27", "percent", True),
    ("number", "27", "%", True),
    ("number", "27", "per cent of workers", True),
    ("number", "27", "persons", False),
    ("text", "about 30 % of all", "", True),
    ("text", "a third", "", False),
]


@pytest.mark.parametrize(("kind", "value", "unit", "share"), PERCENTAGES)
def test_a_percentage_is_known(kind: str, value: str, unit: str, share: bool) -> None:
    assert is_percentage(kind, value, unit) is share


REFUSED = [
    ("unemployment_rate", "27", {"unit": "percent"}, "base"),
    ("victims_trend", "up by 20 %", {}, "base"),
    ("unemployment_rate", "many", {"unit": "percent", "base": "of all"}, "value"),
    ("shelters", "2", {}, "unit"),
    ("reflection_period", "perhaps", {}, "value"),
    ("reflection_period", "yes", {"unit": "months"}, "unit"),
    ("coe_convention_ratified", "in 2009", {}, "value"),
    ("reflection_period", "yes", {"year": ""}, "year"),
    ("reflection_period", "yes", {"year": "lately"}, "year"),
    ("reflection_period", "yes", {"source": ""}, "source"),
    ("reflection_period", "yes", {"language": "xx"}, "language"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("indicator", "value", "further", "field"), REFUSED)
def test_what_could_mislead_is_refused(indicator: str, value: str, further: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        fact(indicator, value, **further).full_clean(exclude=["profile"])
    assert set(refused.value.message_dict) == {field}


@pytest.mark.django_db
def test_the_gate_refuses_a_percentage_without_its_base() -> None:
    with pytest.raises(PublishRefused, match="A percentage needs its base"):
        make_profile("RS", [fact("unemployment_rate", "27", unit="percent")])


@pytest.mark.django_db
def test_a_value_without_a_year_needs_its_place_in_the_source() -> None:
    fact("reflection_period", "yes", year="", evidence="p. 7").full_clean(exclude=["profile"])
    fact("unemployment_rate", "27", unit="percent", base="of all", year="since 2004").full_clean(exclude=["profile"])
