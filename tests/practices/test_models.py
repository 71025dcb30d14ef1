"""The chart as a record: number, dates, trail, contact, language."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import translation

from platform_site.records.registry import record_for_key
from platform_site.records.services import save_draft
from practices.models import PracticeChart
from tests.factories import build_chart, make_chart, make_organisation

pytestmark = pytest.mark.django_db


def test_a_chart_without_a_number_takes_the_next_one() -> None:
    make_chart(chart_no=41)
    chart = build_chart()
    chart.chart_no = None  # type: ignore[assignment]  as an empty form field leaves it
    save_draft(record=chart)
    assert chart.chart_no == 42


def test_the_key_leads_to_the_chart_and_nonsense_to_nothing() -> None:
    chart = make_chart(chart_no=7)
    assert chart.key == "practice:7"
    assert record_for_key("practice:7") == chart
    for key in ("practice:8", "practice:x", "practice:", "practice:-7", "practice:7777777", "practice:٧"):
        assert record_for_key(key) is None


@pytest.mark.parametrize(
    ("start", "end", "is_refused"),
    [
        ("2009", "2010", False),
        ("2009", "2009", False),
        ("2009-05", "2009", False),
        ("2009", "2009-01", False),
        ("2009-05", "2009-04", True),
        ("2010", "2009-12", True),
        ("2009-13", "", True),
        ("since 2009", "", True),
    ],
)
def test_dates(start: str, end: str, is_refused: bool) -> None:
    chart = build_chart(start=start, end=end)
    if not is_refused:
        chart.full_clean()
        return
    with pytest.raises(ValidationError):
        chart.full_clean()


def test_a_practice_is_not_adapted_from_itself() -> None:
    first = make_chart()
    second = make_chart(adapted_from=first)
    first.adapted_from = second
    with pytest.raises(ValidationError) as refused:
        first.full_clean()
    assert "adapted_from" in refused.value.message_dict


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("contact_email", "office@example.org", False),
        ("contact_email", "office@example.org; help@example.org", False),
        ("contact_email", "ask us", True),
        ("contact_email", "a@example.org, b@example.org", True),
        ("contact_website", "www.example.org", False),
        ("contact_website", "https://example.org/a; www.example.org", False),
        ("contact_website", "javascript:alert(1)", True),
        ("contact_website", "ftp://example.org", True),
        ("contact_website", "no site", True),
    ],
)
def test_contacts(name: str, value: str, is_refused: bool) -> None:
    chart = build_chart(**{name: value})
    if not is_refused:
        chart.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        chart.full_clean()
    assert set(refused.value.message_dict) == {name}


def test_the_name_follows_the_reader() -> None:
    chart = make_chart(name="Walks at night", translations={"fr": {"name": "Maraudes"}})
    assert str(chart) == "Walks at night"
    with translation.override("fr"):
        assert chart.title == "Maraudes"
    with translation.override("de"):
        assert chart.title == "Walks at night"


def test_a_draft_without_a_name_is_called_by_its_number() -> None:
    chart = build_chart(chart_no=12, text={"name": ""})
    assert str(chart) == "Practice chart 12"


def test_what_a_chart_refers_to_stays() -> None:
    organisation = make_organisation()
    first = make_chart(organisations=[organisation])
    make_chart(adapted_from=first)
    with pytest.raises(ProtectedError):
        organisation.delete()
    with pytest.raises(ProtectedError):
        first.delete()
    assert PracticeChart.objects.count() == 2


def test_a_draft_changes_nothing_that_readers_see() -> None:
    chart = make_chart(name="As published", funding=[("Ministry", "public_national", 70)])
    (row,) = chart.texts.all()
    row.name = "As drafted"
    chart.texts, chart.funding = [row], []
    save_draft(record=chart)
    kept = PracticeChart.objects.get(pk=chart.pk)
    assert kept.title == "As published"
    assert [row.source for row in kept.funding.all()] == ["Ministry"]
    assert kept.get_latest_revision_as_object().title == "As drafted"
