"""What other pages show of the charts: related blocks, figures, the newest."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_site.blocks.figures import value
from practices.selectors import newest_charts
from search.related import RelatedBlock, related_to
from tests.factories import make_chart, make_draft_chart, make_organisation, make_user

pytestmark = pytest.mark.django_db


def block(subject: str, subject_id: str, user: object = None, limit: int = 6) -> RelatedBlock | None:
    """Return the block of charts of a subject, None if there is none."""
    return next(
        (found for found in related_to(subject, subject_id, user, limit=limit) if found.kind == "practice"), None
    )


def test_charts_of_an_organisation() -> None:
    house, other = make_organisation(name="House"), make_organisation(name="Other")
    make_chart(chart_no=1, name="First", organisations=[house, other], country="RO", start="2009")
    make_chart(chart_no=2, name="Second", organisations=[house], audience="members")
    make_draft_chart(chart_no=3, organisations=[house])
    found = block("organisation", str(house.pk))
    assert found is not None
    assert found.total == 1
    (item,) = found.items
    assert (item.title, item.url, item.country, item.language) == ("First", "/en/practices/1/", "RO", "")
    assert item.facts == "House, Other · since 2009 · category A"
    of_member = block("organisation", str(house.pk), make_user("member"), limit=1)
    assert of_member is not None
    assert (of_member.total, len(of_member.items)) == (2, 1)
    assert of_member.more_url == f"/en/practices/?organisation={house.slug}"
    assert block("organisation", str(make_organisation().pk)) is None
    assert block("organisation", "nonsense") is None


def test_a_hidden_organisation_has_no_block_and_stands_in_none() -> None:
    hidden, house = make_organisation(audience="members", name="Hidden"), make_organisation(name="House")
    make_chart(organisations=[hidden, house])
    assert block("organisation", str(hidden.pk)) is None
    found = block("organisation", str(house.pk))
    assert found is not None
    assert "Hidden" not in found.items[0].facts
    member = make_user("member")
    assert block("organisation", str(hidden.pk), member) is not None


def test_charts_in_a_country() -> None:
    make_chart(name="There", country="RO", countries=["MD"])
    make_chart(name="Elsewhere", country="IT")
    make_chart(name="For members", country="MD", audience="members")
    found = block("country", "MD")
    assert found is not None
    assert [item.title for item in found.items] == ["There"]
    assert block("country", "FR") is None


def test_figures_count_what_the_reader_may_see() -> None:
    make_chart(country="RO", countries=["MD"])
    make_chart(country="RO")
    make_chart(country="IT", audience="members")
    member = make_user("member")
    assert (value("practices", None), value("practices", member)) == (2, 3)
    assert (value("practice_countries", None), value("practice_countries", member)) == (2, 3)


def test_the_newest_come_first() -> None:
    make_chart(name="Old", start="1999")
    make_chart(name="New", start="2021-05")
    make_chart(name="Newest, for members", start="2022", audience="members")
    assert [card.name for card in newest_charts(None, limit=2)] == ["New", "Old"]


def test_blocks_cost_no_query_once_they_are_warm() -> None:
    house = make_organisation()
    make_chart(organisations=[house], country="RO")
    for _turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            block("organisation", str(house.pk))
            block("country", "RO")
            newest_charts(None)
    assert len(caught) == 0
