"""Ages of entries at the edges of the steps."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation

from directory.freshness import KINDS, freshness, months_later, whole_months
from directory.models import Organisation

TODAY = dt.date(2026, 8, 31)


def at(*, confirmed: dt.date | None = None, imported: dt.date | None = None, published: dt.date | None = None):
    organisation = Organisation(confirmed_on=confirmed, imported_on=imported)
    if published:
        organisation.first_published_at = timezone.make_aware(dt.datetime.combine(published, dt.time(12)))
    return freshness(organisation, TODAY)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 5, 15), 12, dt.date(2027, 5, 15)),
    ],
)
def test_months_later(day: dt.date, months: int, expected: dt.date) -> None:
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (dt.date(2025, 7, 1), dt.date(2026, 8, 31), 13),
        (dt.date(2025, 8, 31), dt.date(2026, 8, 30), 11),
        (dt.date(2025, 8, 31), dt.date(2026, 8, 31), 12),
        (dt.date(2027, 1, 1), dt.date(2026, 8, 31), 0),
    ],
)
def test_whole_months(since: dt.date, until: dt.date, months: int) -> None:
    assert whole_months(since, until) == months


@pytest.mark.parametrize(
    ("confirmed", "kind", "ticks"),
    [
        (dt.date(2026, 9, 30), "confirmed", 5),
        (dt.date(2026, 8, 31), "confirmed", 5),
        (dt.date(2026, 5, 31), "confirmed", 5),
        (dt.date(2026, 5, 30), "confirmed", 4),
        (dt.date(2026, 2, 28), "due", 3),
        (dt.date(2026, 3, 1), "confirmed", 4),
        (dt.date(2025, 11, 30), "due", 2),
        (dt.date(2025, 12, 1), "due", 3),
        (dt.date(2025, 8, 31), "due", 2),
        (dt.date(2025, 8, 30), "stale", 0),
    ],
)
def test_confirmed_entries(confirmed: dt.date, kind: str, ticks: int) -> None:
    state = at(confirmed=confirmed, imported=dt.date(2012, 1, 1))
    assert (state.kind, state.ticks) == (kind, ticks)


@pytest.mark.parametrize(
    ("imported", "published", "kind"),
    [
        (dt.date(2026, 8, 1), None, "imported"),
        (dt.date(2025, 8, 31), None, "imported"),
        (dt.date(2025, 8, 30), None, "stale"),
        (None, dt.date(2026, 8, 1), "imported"),
        (None, dt.date(2025, 8, 30), "stale"),
        (None, None, "imported"),
        (dt.date(2026, 8, 1), dt.date(2020, 1, 1), "imported"),
    ],
)
def test_entries_that_nobody_confirmed(imported: dt.date | None, published: dt.date | None, kind: str) -> None:
    assert at(imported=imported, published=published).kind == kind


def test_words_have_a_date_and_say_what_is_not_known() -> None:
    with translation.override("en"):
        assert at(confirmed=dt.date(2026, 8, 1)).word == "Confirmed"
        assert "2026" in at(confirmed=dt.date(2026, 8, 1)).detail
        stale = at(confirmed=dt.date(2025, 6, 30))
        assert stale.word == "Not confirmed"
        assert stale.detail.startswith("14 months ago, ")
        imported = at(imported=dt.date(2026, 8, 1))
        assert (imported.word, imported.ticks) == ("Not yet confirmed", None)
        assert imported.detail.startswith("imported on ")
        assert at(imported=dt.date(2024, 8, 1)).detail.startswith("imported on ")


def test_the_next_check_is_when_an_entry_becomes_due() -> None:
    assert at(confirmed=dt.date(2026, 8, 1)).next_check == dt.date(2027, 2, 1)
    assert at(imported=dt.date(2026, 8, 1)).next_check is None


def test_ages_are_a_setting(settings) -> None:
    settings.FRESHNESS_MONTHS = (1, 2, 3, 4)
    assert at(confirmed=dt.date(2026, 7, 1)).kind == "confirmed"
    assert at(confirmed=dt.date(2026, 6, 30)).kind == "due"
    assert at(confirmed=dt.date(2026, 4, 30)).kind == "stale"


def test_every_kind_is_a_value_of_the_facet() -> None:
    assert [kind for kind, _label in KINDS] == ["confirmed", "due", "stale", "imported"]
