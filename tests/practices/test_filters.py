"""The facets of the list against a count done the slow way, from the records themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.models import Organisation
from platform_site.listing.state import ListState, parse_state
from platform_site.vocabulary.models import Term
from practices.filters import PRACTICES, listing_for
from practices.models import PracticeChart
from practices.years import period_steps
from tests.factories import make_chart, make_organisation, make_user
from tests.practices.conftest import COUNTRIES, FUNDING, LEVELS, TARGETS, TYPOLOGIES

pytestmark = pytest.mark.django_db

STEPS = ["2020-2024", "2015-2019", "2005-2009", "1990-1994", "-1989"]
VALUES = {
    "category": ["A", "B", "C", "D"],
    "typology": [*TYPOLOGIES, "research_studies"],
    "country": [*COUNTRIES, "DE"],
    "target": [*TARGETS, "persons_at_risk", "professionals"],
    "period": STEPS,
    "running": ["yes", "then", "no"],
    "funding": [*FUNDING, "own_means"],
    "level": [*LEVELS, "regional"],
    "language": ["en", "fr", "de"],
}


def with_parents(rows: Any) -> set[str]:
    """Return the codes of terms and of all terms above them, walked in the database."""
    found = set()
    for row in rows:
        term: Term | None = row.term
        while term is not None:
            found.add(term.code)
            term = term.parent
    return found


def slow_values(chart: PracticeChart) -> dict[str, set[str]]:
    """Return what a chart answers to each facet, read from its rows one by one."""
    terms = list(chart.terms.select_related("term"))

    def of(name: str) -> set[str]:
        return with_parents(row for row in terms if row.term.vocabulary == name)

    this_year = dt.date.today().year  # noqa: DTZ011  a year is all that counts
    known = max(int(chart.start[:4]), chart.as_of or this_year)
    last = int(chart.end[:4]) if chart.end else known
    years = range(int(chart.start[:4]), last + 1)
    return {
        "category": of("practice_categories"),
        "typology": of("practice_typologies"),
        "country": of("countries") | {chart.country.code},
        "target": of("target_groups"),
        "organisation": {row.organisation.slug for row in chart.organisations.all()},
        "period": {"-1989" if year < 1990 else f"{year // 5 * 5}-{year // 5 * 5 + 4}" for year in years},
        "running": {"no" if chart.end else "yes" if known >= this_year - 1 else "then"},
        "funding": {row.source_kind.code for row in chart.funding.all() if row.source_kind},
        "level": of("levels"),
        "language": {row.language for row in chart.texts.all()},
    }


def slow_answer(held: dict[str, set[str]], chosen: dict[str, frozenset[str]]) -> str:
    """Say "match", "not_stated" or "no", straight from the words of the rule."""
    unsaid = False
    for name, wanted in chosen.items():
        if held[name] & wanted:
            continue
        if name == "funding" and not held[name]:
            unsaid = True
            continue
        return "no"
    return "not_stated" if unsaid else "match"


READABLE = {
    "anonymous": {"public"},
    "registered": {"public"},
    "member": {"public", "members"},
    "editor": {"public", "members", "staff"},
}


def test_five_hundred_states_equal_the_slow_count(
    charts: list[PracticeChart], organisations: list[Organisation]
) -> None:
    for role in READABLE:
        states_equal_the_slow_count(role, charts, organisations)


def states_equal_the_slow_count(role: str, charts: list[PracticeChart], organisations: list[Organisation]) -> None:
    """Hold the answers of the list for one role against the slow count."""
    user = None if role == "anonymous" else make_user(role)
    readable = [chart for chart in charts if chart.audience in READABLE[role]]
    held = {chart.pk: slow_values(chart) for chart in readable}
    slugs = [organisation.slug for organisation in organisations]
    values = {**VALUES, "organisation": slugs}
    state = st.dictionaries(st.sampled_from(sorted(values)), st.none(), min_size=0, max_size=4).flatmap(
        lambda names: st.fixed_dictionaries(
            {name: st.frozensets(st.sampled_from(values[name]), min_size=1, max_size=3) for name in names}
        )
    )

    @settings(max_examples=500 if role == "anonymous" else 60)
    @given(state)
    def holds(chosen: dict[str, frozenset[str]]) -> None:
        results = PRACTICES.results(ListState(chosen=chosen), user)
        answers = {chart.pk: slow_answer(held[chart.pk], chosen) for chart in readable}
        fits = {pk for pk, answer in answers.items() if answer == "match"}
        unsaid = {pk for pk, answer in answers.items() if answer == "not_stated"}
        assert results.total == len(fits)
        assert results.not_stated_total == len(unsaid)
        assert set(results.pks[: len(fits)]) == fits
        assert set(results.pks[len(fits) :]) == unsaid
        for name, found in values.items():
            for value in found:
                alone = {**chosen, name: frozenset({value})}
                expected = sum(slow_answer(held[chart.pk], alone) == "match" for chart in readable)
                assert results.counts[name].get(value, 0) == expected, (name, value)

    holds()


def test_each_facet_narrows_to_what_has_its_value(charts: list[PracticeChart]) -> None:
    listing = listing_for(None)
    counts = PRACTICES.results(ListState(), None).counts
    for facet in listing.facets:
        offered = {option.value for option in facet.options()}
        present = {value: count for value, count in counts[facet.name].items() if count and value in offered}
        assert present, facet.name
        for value, count in present.items():
            state = parse_state(QueryDict(f"{facet.name}={value}"), listing.facets)
            assert state.chosen == {facet.name: frozenset({value})}
            assert PRACTICES.results(state, None).total == count


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("", "", ()),
        ("2009", "2010", ("2005-2009", "2010-2014")),
        ("2010-01", "2010-12", ("2010-2014",)),
        ("1980", "1989", ("-1989",)),
        ("1989", "1990", ("-1989", "1990-1994")),
        ("1999-12", "2000", ("1995-1999", "2000-2004")),
    ],
)
def test_steps_of_a_period(start: str, end: str, expected: tuple[str, ...]) -> None:
    assert period_steps(start, end, 2026) == expected


def test_an_organisation_that_the_reader_may_not_know_is_no_option() -> None:
    hidden = make_organisation(audience="members", name="Hidden house")
    public = make_organisation(name="Open house")
    only_members = make_organisation(name="Quiet house")
    make_chart(organisations=[hidden, public])
    make_chart(organisations=[only_members], audience="members")

    def offered(user: Any) -> set[str]:
        facet = next(facet for facet in listing_for(user).facets if facet.name == "organisation")
        return {option.label for option in facet.options()}

    assert offered(None) == {"Open house"}
    assert offered(make_user("member")) == {"Hidden house", "Open house", "Quiet house"}


def test_orders() -> None:
    first = make_chart(chart_no=3, name="Élan", country="RO", start="2001-02")
    second = make_chart(chart_no=1, name="Zeal", country="IT", start="2001-11")
    third = make_chart(chart_no=2, name="dawn", country="FR", start="1999")

    def order(sort: str) -> list[int]:
        return PRACTICES.results(ListState(sort=sort), None).pks

    assert order("") == order("newest") == [second.pk, first.pk, third.pk]
    assert order("name") == [third.pk, first.pk, second.pk]
    assert order("country") == [third.pk, second.pk, first.pk]
    assert order("number") == [second.pk, third.pk, first.pk]
