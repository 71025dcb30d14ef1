"""Figures over case studies: the four ways of counting, what a reader may see, the printed figures of 2012."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from practices.cases.statistics import WAYS, CountedCase, Figure, group_figures, statistics
from practices.cases.template import GROUP_BY_KEY
from tests.factories import ROLES, make_case, make_draft_case, make_organisation
from tests.practices.test_practice_list import AUDIENCES, body

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]

# The twelve case studies that the printed figures were counted from, by what they have in common with them: the
# organisation as a number, and what was ticked.
PRINTED: list[tuple[int, dict[str, str]]] = [
    (1, {"recruited_by": "friend kidnapped other", "proposed": "forced", "contact": "ngo"}),
    (2, {"recruited_by": "acquaintance other", "proposed": "job", "contact": "ngo"}),
    (2, {"recruited_by": "acquaintance other", "proposed": "job", "contact": "ngo"}),
    (3, {"recruited_by": "other", "proposed": "job", "contact": "hotline_or_direct"}),
    (4, {"recruited_by": "acquaintance newspaper_ad", "proposed": "job", "contact": "international_organisation"}),
    (4, {"recruited_by": "acquaintance newspaper_ad", "proposed": "job", "contact": "police"}),
    (5, {"recruited_by": "friend acquaintance", "proposed": "marriage", "contact": "police"}),
    (6, {"recruited_by": "acquaintance", "proposed": "forced", "contact": "police", "age": "minor"}),
    (7, {"recruited_by": "friend", "proposed": "job", "contact": "police"}),
    (8, {"recruited_by": "", "proposed": "job", "contact": "police"}),
    (9, {"recruited_by": "other", "proposed": "job other", "contact": "police", "age": "minor"}),
    (
        10,
        {
            "recruited_by": "friend",
            "proposed": "job",
            "contact": "hotline_or_direct",
            "age": "adult minor",
            "gender": "male female",
            "exploitation": "sexual labour",
        },
    ),
]
USUAL = {"gender": "female", "age": "adult", "exploitation": "sexual"}

# Printed figure, way of counting, group, option, whether of those with this option alone, number, base.
CHAPTER: list[tuple[float, str, str, str, bool, int, int]] = [
    (91.6, "case", "gender", "female", True, 11, 12),
    (75, "case", "age", "adult", True, 9, 12),
    (25, "case", "age", "minor", False, 3, 12),
    (92.3, "tick", "exploitation", "sexual", False, 12, 13),  # printed: over 90
    (89, "tick", "recruited_by", "persons", False, 16, 18),
    (11, "tick", "recruited_by", "newspaper_ad", False, 2, 18),
    (63.3, "pair", "proposed", "job", False, 7, 11),
    (9, "pair", "proposed", "marriage", False, 1, 11),
    (9, "pair", "proposed", "other", False, 1, 11),
    (50, "case", "contact", "police", False, 6, 12),
    (25, "case", "contact", "ngo", False, 3, 12),
    (8.3, "case", "contact", "international_organisation", False, 1, 12),
    (16.6, "case", "contact", "hotline_or_direct", False, 2, 12),
]


def counted_cases() -> list[CountedCase]:
    """Return the twelve as the figures take them."""
    return [
        CountedCase(organisation, {key: tuple(codes.split()) for key, codes in {**USUAL, **ticks}.items()})
        for organisation, ticks in PRINTED
    ]


def figure(cases: list[CountedCase], by: str, key: str, code: str) -> Figure:
    """Return one figure."""
    return next(row for row in group_figures(cases, GROUP_BY_KEY[key], by).figures if row.code == code)


@pytest.mark.parametrize(("printed", "by", "key", "code", "alone", "number", "base"), CHAPTER)
def test_the_printed_figures_come_out(
    printed: float, by: str, key: str, code: str, alone: bool, number: int, base: int
) -> None:
    found = figure(counted_cases(), by, key, code)
    assert (found.only if alone else found.number, found.base) == (number, base)
    share = found.only_share if alone else found.share
    assert share == pytest.approx(printed, abs=0.4)


def test_one_case_of_forced_labour() -> None:
    assert figure(counted_cases(), "case", "exploitation", "labour").number == 1


def test_the_figure_that_comes_out_by_no_way() -> None:
    """Nine percent of proposals in local papers: an option of another question; its own pairs are 2 of 14."""
    found = figure(counted_cases(), "pair", "recruited_by", "newspaper_ad")
    assert (found.number, found.base) == (1, 14)


@st.composite
def cases(draw: Any) -> list[CountedCase]:
    """Draw some case studies with ticks of one group."""
    options = ["friend", "acquaintance", "newspaper_ad", "kidnapped"]
    ticks = st.lists(st.sampled_from(options), unique=True).map(tuple)
    made = draw(st.lists(st.tuples(st.none() | st.integers(1, 4), ticks), max_size=12))
    return [CountedCase(organisation, {"recruited_by": codes}) for organisation, codes in made]


@given(cases())
def test_what_holds_for_any_case_studies(given_cases: list[CountedCase]) -> None:
    for by in WAYS:
        found = group_figures(given_cases, GROUP_BY_KEY["recruited_by"], by)
        plain = [row for row in found.figures if not row.is_together and not row.depth]
        assert all(0 <= row.number <= row.base == found.base for row in found.figures)
        if by in ("tick", "pair"):
            assert sum(row.number for row in plain) == found.base
        else:
            assert all(row.only is None or row.only <= row.number for row in plain)
    told = {case.organisation for case in given_cases} - {None}
    assert group_figures(given_cases, GROUP_BY_KEY["recruited_by"], "organisation").base == len(told)


def test_a_wider_option_includes_the_narrower_ones() -> None:
    made = [CountedCase(1, {"contact": (code,)}) for code in ("hotline", "family", "hotline_or_direct", "police")]
    found = group_figures(made, GROUP_BY_KEY["contact"], "tick")
    rows = {row.code: (row.number, row.depth) for row in found.figures}
    assert (rows["hotline_or_direct"], rows["hotline"], rows["police"]) == ((3, 0), (1, 1), (1, 0))
    codes = [row.code for row in found.figures]
    assert codes.index("hotline") == codes.index("hotline_or_direct") + 1


def test_another_way_of_counting_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        statistics([], "guess")


def rows(client: Client, query: str = "") -> dict[str, list[str]]:
    """Return the lines of the file by code."""
    text = body(client.get(f"/en/case-studies/statistics/?format=csv{query}"))
    return {line[2]: line for line in list(csv.reader(io.StringIO(text)))[1:]}


def test_figures_are_over_what_the_reader_may_see(client_for: ClientFor) -> None:
    for audience in AUDIENCES:
        make_case(audience=audience, ticks={"gender": ("female",)})
    make_draft_case(ticks={"gender": ("female",)})
    for role in ROLES:
        expected = str(sum(role in readers for readers in AUDIENCES.values()))
        line = rows(client_for(role))["gender/female"]
        assert line[5:7] == [expected, expected], role
        shown = body(client_for(role).get("/en/case-studies/statistics/"))
        assert f"of {expected} case stud" in shown


def test_a_hidden_organisation_is_counted_nowhere(client_for: ClientFor) -> None:
    hidden = make_organisation(audience="members")
    make_case(organisation=hidden, ticks={"gender": ("female",)})
    make_case(ticks={"gender": ("female",)})
    for by in ("organisation", "pair"):
        assert rows(client_for("anonymous"), f"&by={by}")["gender/female"][5:7] == ["1", "1"]
        assert rows(client_for("member"), f"&by={by}")["gender/female"][5:7] == ["2", "2"]
    for by in ("organisation", "pair"):
        for query in ("", "&country=DE", "&age=adult"):
            shown = body(client_for("anonymous").get(f"/en/case-studies/statistics/?by={by}{query}"))
            assert "left out" not in shown
            assert "not shown" not in shown
    assert rows(client_for("anonymous"), "&by=case")["gender/female"][5:7] == ["2", "2"]


def test_the_filters_of_the_list_hold(client_for: ClientFor) -> None:
    make_case(country="DE", ticks={"age": ("minor",), "gender": ("female",)})
    make_case(country="FR", ticks={"age": ("adult",), "gender": ("male",)})
    client = client_for("anonymous")
    assert rows(client, "&age=minor")["gender/female"][5:7] == ["1", "1"]
    assert rows(client, "&country=FR")["gender/male"][5:7] == ["1", "1"]
    shown = body(client.get("/en/case-studies/statistics/?country=FR&by=tick"))
    assert "of 1 tick" in shown
    assert "Remove filter" in shown
    assert 'href="/en/case-studies/?country=FR"' in shown


def test_figures_of_a_list_are_those_of_its_words_too(client_for: ClientFor) -> None:
    make_case(title="Ferry home")
    make_case(title="By train", country="FR")
    client = client_for("anonymous")
    link = 'href="/en/case-studies/statistics/?country=DE&amp;q=ferry"'
    assert link in body(client.get("/en/case-studies/?country=DE&q=ferry"))
    shown = body(client.get("/en/case-studies/statistics/?q=ferry"))
    assert "of 1 case study" in shown
    assert "ferry" in shown[shown.index('<ul class="chips"') :][:400]
    assert 'href="/en/case-studies/?q=ferry"' in shown, "back to what is counted"
    assert "?by=tick&amp;q=ferry" in shown or "?q=ferry&amp;by=tick" in shown, "the way of counting keeps the words"


def test_every_figure_of_the_bars_stands_in_the_table(client_for: ClientFor) -> None:
    make_case(ticks={"gender": ("female", "male")}, themes={"obstacle": ("identification",)})
    for by in WAYS:
        shown = body(client_for("anonymous").get(f"/en/case-studies/statistics/?by={by}"))
        assert "everal answers are possible" in shown
        assert shown.count('<svg class="bar"') == shown.count('<th scope="row"') - shown.count("Together:")
        assert shown.count("<caption>of ") == shown.count('class="table-box"')


@pytest.mark.parametrize(
    "query", ["by=guess", "by=", "format=pdf", "by=%00&age=x", "age=minor&age=adult&page=9999999999", "by=case&by=tick"]
)
def test_nonsense_is_no_error(query: str, client_for: ClientFor) -> None:
    make_case()
    assert client_for("anonymous").get(f"/en/case-studies/statistics/?{query}").status_code == 200


def test_nobody_tells_anything_yet(client_for: ClientFor) -> None:
    assert "No case study fits." in body(client_for("anonymous").get("/en/case-studies/statistics/"))


def test_the_price_of_the_figures(client_for: ClientFor) -> None:
    client = client_for("anonymous")

    def price() -> int:
        client.get("/en/case-studies/statistics/")
        with CaptureQueriesContext(connection) as context:
            client.get("/en/case-studies/statistics/?by=pair")
        return len(context)

    make_case()
    before = price()
    for _number in range(5):
        make_case(themes={"obstacle": ("identification",)})
    assert price() == before <= 12
