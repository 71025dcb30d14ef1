"""The comparison: what is asked, what differs, who sees what, its price."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.comparison import Row, address, asked_numbers
from practices.models import PracticeChart
from practices.standard_form import FIELDS
from tests.factories import make_chart, make_draft_chart, make_organisation

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]


def path(*charts: PracticeChart, only: bool = False) -> str:
    """Return the address of the comparison of these charts."""
    return "/en/practices/compare/" + address([chart.chart_no for chart in charts], only_differences=only)


def shown_rows(client: Client, *charts: PracticeChart, only: bool = False) -> dict[str, list[str]]:
    """Return the keys of the fields that are shown, with the keys of their parts."""
    found: list[Row] = client.get(path(*charts, only=only)).context["rows"]
    return {row.field.key: [line.cells[0].part.key for line in row.lines] for row in found}


def titles(client: Client, query: str) -> list[str]:
    """Return the names of the charts that stand side by side."""
    response = client.get(f"/en/practices/compare/{query}")
    assert response.status_code == 200
    return [column.chart.title for column in response.context["columns"]]


def test_every_field_stands_there_once(client_for: ClientFor) -> None:
    rows = shown_rows(client_for("anonymous"), make_chart(), make_chart())
    assert list(rows) == [field.key for field in FIELDS]
    assert rows["objectives"] == ["objectives"]
    assert rows["mainstreaming"] == ["mainstreaming"]


def test_what_is_the_same_is_left_out(client_for: ClientFor) -> None:
    house = make_organisation()
    first = make_chart(
        name="One", organisations=[house], text={"tools": "- Phone"}, funding=[("Fund", "foundation", 50)]
    )
    second = make_chart(
        name="Two", organisations=[house], text={"tools": "- Van"}, funding=[("fund", "foundation", 50)]
    )
    rows = shown_rows(client_for("anonymous"), first, second, only=True)
    assert rows == {"name": ["name"], "methods": ["tools"]}


def test_terms_are_compared_by_code_and_texts_by_their_words(client_for: ClientFor) -> None:
    house = make_organisation()
    shared: dict[str, Any] = {"name": "Same", "organisations": [house]}
    first = make_chart(
        **shared,
        targets=("victims", "potential_victims"),
        text={"target_groups": "- Victims of all ages", "background": "So **it** is."},
    )
    second = make_chart(
        **shared,
        targets=("potential_victims", "victims"),
        text={"target_groups": "- Everybody", "background": "so it\nis."},
    )
    third = make_chart(**shared, targets=("victims",), text={"background": "So it is."})
    client = client_for("anonymous")
    assert shown_rows(client, first, second, only=True) == {}
    assert "say the same in every field" in client.get(path(first, second, only=True)).content.decode()
    assert shown_rows(client, first, third, only=True) == {"target_groups": ["target_groups"]}


def test_an_unstated_answer_differs_from_a_stated_one(client_for: ClientFor) -> None:
    house = make_organisation()
    first = make_chart(name="Same", organisations=[house], end="2019")
    second = make_chart(name="Same", organisations=[house])
    assert shown_rows(client_for("anonymous"), first, second, only=True) == {"period": ["end"]}


def test_the_kind_of_money_is_shown_and_is_a_difference(client_for: ClientFor) -> None:
    house = make_organisation()
    shared: dict[str, Any] = {"name": "Same", "organisations": [house]}
    first = make_chart(**shared, funding=[("Fund", "foundation", 50)])
    second = make_chart(**shared, funding=[("Fund", "public_local", 50)])
    third = make_chart(**shared, funding=[("Fund", "", 50)])
    client = client_for("anonymous")
    for other in (second, third):
        assert shown_rows(client, first, other, only=True) == {"funding": ["funding"]}
    for only in (False, True):
        page = client.get(path(first, second, only=only)).content.decode()
        assert "Regional and local public funds" in page
        assert "Foundation" in page


def test_two_charts_in_two_languages(client_for: ClientFor) -> None:
    first = make_chart(name="Talks")
    second = make_chart(name="Gespräche", language="de", funding=[("Stadtkasse", "public_local", 50)])
    client = client_for("anonymous")
    page = client.get(path(first, second)).content.decode()
    assert re.search(r'<p class="compare-title" lang="de"><a [^>]*>Gespräche</a>', page)
    assert "text in German" in page
    assert '<span lang="de">Stadtkasse</span> · <span class="quiet">Regional and local public funds</span>' in page
    assert re.search(r'<p class="compare-title"><a [^>]*>Talks</a>', page)


def test_what_a_translation_does_not_say_stands_there_in_the_original(client_for: ClientFor) -> None:
    first = make_chart(language="es", text={"background": "Sin papeles."}, translations={"en": {"name": "In the port"}})
    page = client_for("anonymous").get(path(first, make_chart())).content.decode()
    assert re.search(r'<div lang="es"><p>Sin papeles.</p>\s*</div>\s*<span class="small quiet">text in Spanish', page)


@pytest.mark.parametrize("only", [False, True])
def test_the_order_and_what_leads_on_stand_in_the_address(only: bool, client_for: ClientFor) -> None:
    charts = [make_chart(chart_no=number) for number in (30, 10, 20)]
    response = client_for("anonymous").get(path(*charts, only=only))
    columns = response.context["columns"]
    more = "&only=differences" if only else ""
    assert [column.chart.chart_no for column in columns] == [30, 10, 20]
    assert [column.remove_href for column in columns] == [
        f"?chart=10&chart=20{more}", f"?chart=30&chart=20{more}", f"?chart=30&chart=10{more}",
    ]  # fmt: skip
    assert response.context["add_href"] == "/en/practices/?compare=30&compare=10&compare=20"
    assert [segment["is_current"] for segment in response.context["segments"]] == [not only, only]
    assert response.content.decode().count('class="compare-mark plate"') == 3 * len(response.context["rows"])


def test_four_fit(client_for: ClientFor) -> None:
    charts = [make_chart(name=f"Chart {number}") for number in range(5)]
    client = client_for("anonymous")
    query = address([chart.chart_no for chart in charts])
    assert titles(client, query) == ["Chart 0", "Chart 1", "Chart 2", "Chart 3"]
    response = client.get(f"/en/practices/compare/{query}")
    assert response.context["notices"] == [f"Four charts fit side by side; chart {charts[4].chart_no} was left out."]
    assert response.context["add_href"] == ""


def test_the_first_four_that_exist_are_compared(client_for: ClientFor) -> None:
    for number in range(1, 7):
        make_chart(chart_no=number, name=f"Chart {number}")
    query = address([*range(901, 909), 6, 5, 909, 4, 3, 2, 1])
    client = client_for("anonymous")
    assert titles(client, query) == ["Chart 6", "Chart 5", "Chart 4", "Chart 3"]
    assert client.get(f"/en/practices/compare/{query}").context["notices"] == [
        "There are no charts 901, 902, 903, 904, 905, 906, 907, 908, 909; they were left out.",
        "Four charts fit side by side; charts 2, 1 were left out.",
    ]


def test_numbers_that_are_not_even_read_are_told(client_for: ClientFor) -> None:
    make_chart(chart_no=30)
    response = client_for("anonymous").get("/en/practices/compare/" + address(range(1, 31)))
    assert len(response.context["notices"]) == 2
    assert "only the first 20 were read" in response.context["notices"][1]


@pytest.mark.parametrize(
    "query",
    ["", "?chart=", "?chart=1", "?chart=1&chart=1", "?chart=x", "?chart=1&chart=%00&only=%00", "?only=differences"],
)
def test_fewer_than_two_lead_to_the_list(query: str, client_for: ClientFor) -> None:
    make_chart(chart_no=1, name="Alone")
    response = client_for("anonymous").get(f"/en/practices/compare/{query}")
    assert response.status_code == 200
    assert response.context["columns"] == []
    assert 'href="/en/practices/' in response.content.decode()
    assert ("Alone" in response.content.decode()) == ("chart=1" in query)


@pytest.mark.parametrize("wrong", ["99", "0", "-1", "x", "1e3", "9999999", "٣", "<b>", "3" * 5000])
def test_what_cannot_be_compared_is_left_out_with_a_notice(wrong: str, client_for: ClientFor) -> None:
    make_chart(chart_no=1, name="One")
    make_chart(chart_no=2, name="Two")
    response = client_for("anonymous").get("/en/practices/compare/", {"chart": ["1", wrong, "2"]})
    assert [column.chart.title for column in response.context["columns"]] == ["One", "Two"]
    assert len(response.context["notices"]) == 1
    assert "<b>" not in response.context["notices"][0] or "&lt;b&gt;" in response.content.decode()


def test_many_numbers_are_cut() -> None:
    numbers, nonsense = asked_numbers([str(number) for number in range(1, 5000)])
    assert len(numbers) + len(nonsense) <= 20


def test_a_hidden_chart_is_left_out_like_one_that_does_not_exist(client_for: ClientFor) -> None:
    make_chart(chart_no=1, name="One")
    make_chart(chart_no=2, name="Two")
    make_chart(chart_no=3, name="For members", audience="members")
    make_draft_chart(chart_no=4, name="Drawing")
    visitor = client_for("anonymous")
    for number in (3, 4, 5):
        response = visitor.get(f"/en/practices/compare/?chart=1&chart={number}&chart=2")
        assert [column.chart.title for column in response.context["columns"]] == ["One", "Two"]
        assert response.context["notices"] == [f"There is no chart {number}; it was left out."]
    assert titles(client_for("member"), "?chart=1&chart=3") == ["One", "For members"]


def test_a_kept_back_contact_is_kept_back_here_too(client_for: ClientFor) -> None:
    hidden = make_organisation(audience="members", name="Hidden house")
    first = make_chart(contact_phone="+39 06 777777", organisations=[hidden])
    second = make_chart()
    for role, sees in (("anonymous", False), ("member", True)):
        page = client_for(role).get(path(first, second)).content.decode()
        assert ("777777" in page) == sees
        assert ("Hidden house" in page) == sees


def test_a_long_answer_leads_to_the_rest(client_for: ClientFor) -> None:
    long = make_chart(chart_no=1, text={"background": "A long story. " * 80 + "The end."})
    page = client_for("anonymous").get(path(long, make_chart(chart_no=2))).content.decode()
    assert "The end." not in page
    assert page.count("Read all of it") == 1
    assert 'href="/en/practices/1/#field-8">Read all of it' in page


def test_price_of_the_comparison(client_for: ClientFor) -> None:
    client = client_for("anonymous")

    def chart(rows: int) -> PracticeChart:
        return make_chart(
            organisations=[make_organisation() for _number in range(rows)],
            funding=[(f"Source {number}", "", 1) for number in range(rows)],
            translations={"fr": {"name": "Nom"}, "de": {"name": "Name"}},
        )

    def price(*charts: PracticeChart) -> int:
        client.get(path(*charts))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path(*charts)).status_code == 200
        return len(caught)

    few = price(chart(1), chart(1))
    assert price(chart(3), chart(3), chart(3), chart(3)) == few
    assert few <= 12
