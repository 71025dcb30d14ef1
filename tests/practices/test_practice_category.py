"""The page of a category: overview, matrix, who sees what, its price."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from practices import registration
from practices.registration import Overview, register_overviews
from practices.views.practice_category import CELL_LENGTH
from tests.factories import make_chart, make_organisation

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]


def test_the_matrix_has_all_charts_of_the_category(client_for: ClientFor) -> None:
    make_chart(
        chart_no=4,
        name="Both",
        categories="BC",
        text={"background": "A problem " * 60, "innovation": "- Lessons;\n- Plays", "strengths": "- Known in town"},
    )
    make_chart(chart_no=5, name="Only B", categories="B")
    make_chart(name="Other", categories="A")
    make_chart(name="For members", categories="B", audience="members")
    response = client_for("anonymous").get("/en/practices/categories/b/")
    assert [row.chart.title for row in response.context["rows"]] == ["Both", "Only B"]
    problem, innovation, strengths, transferability = response.context["rows"][0].cells
    assert problem.text.endswith(" …")
    assert len(problem.text) <= CELL_LENGTH + 2
    assert problem.more_href == "/en/practices/4/#field-8"
    assert (innovation.text, innovation.more_href) == ("Lessons; Plays", "")
    assert strengths.text == "Known in town"
    assert transferability.text
    page = response.content.decode()
    assert "not stated" in page
    assert "For members" not in page
    assert "For members" in client_for("member").get("/en/practices/categories/b/").content.decode()
    assert "/en/practices/compare/?chart=" in response.context["compare_href"]


def test_the_matrix_has_the_original_words_where_a_translation_has_none(client_for: ClientFor) -> None:
    make_chart(language="es", text={"background": "Sin papeles."}, translations={"en": {"name": "In the port"}})
    response = client_for("anonymous").get("/en/practices/categories/a/")
    (row,) = response.context["rows"]
    assert (row.language, row.cells[0].text, row.cells[0].language) == ("", "Sin papeles.", "es")
    page = response.content.decode()
    assert '<span lang="es">Sin papeles.</span> <span class="small quiet">text in Spanish</span>' in page


@pytest.mark.parametrize("code", ["e", "B", "ab", "1", "-"])
def test_there_is_no_such_category(code: str, client_for: ClientFor) -> None:
    assert client_for("anonymous").get(f"/en/practices/categories/{code}/").status_code == 404


def test_an_empty_category_says_so(client_for: ClientFor) -> None:
    response = client_for("anonymous").get("/en/practices/categories/d/")
    assert response.status_code == 200
    assert "No chart of this category is published yet." in response.content.decode()


@pytest.mark.parametrize("page", ["2", "99", "0", "x", "%00", "9" * 30])
def test_pages_of_the_matrix(page: str, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practices.views.practice_category.PAGE_SIZE", 2)
    for number in range(3):
        make_chart(chart_no=number + 1, categories="A")
    response = client_for("anonymous").get(f"/en/practices/categories/a/?page={page}")
    numbers = [row.chart.chart_no for row in response.context["rows"]]
    assert numbers == ([3] if page in {"2", "99"} else [1, 2])


@pytest.fixture
def overview_text() -> Iterator[str]:
    """Register an overview for category A in German and take it away again."""

    def provider(category: str, request: Any) -> Overview | None:
        if category != "A":
            return None
        return Overview(format_html("<p>{}</p>", "Was die Praktiken eint."), [("Source", "Handbuch")], "de")

    register_overviews(provider)
    yield "Was die Praktiken eint."
    registration._providers.remove(provider)


def test_the_overview_stands_above_the_matrix(overview_text: str, client_for: ClientFor) -> None:
    page = client_for("anonymous").get("/en/practices/categories/a/").content.decode()
    assert f'<div class="read" lang="de"><p>{overview_text}</p></div>' in page
    assert "<dt>Source</dt><dd>Handbuch</dd>" in page
    assert overview_text not in client_for("anonymous").get("/en/practices/categories/b/").content.decode()


def test_price_of_the_category(client_for: ClientFor) -> None:
    client = client_for("anonymous")
    path = "/en/practices/categories/a/"

    def price() -> int:
        client.get(path)
        cache.clear()
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    make_chart(organisations=[make_organisation()])
    few = price()
    for _number in range(5):
        make_chart(organisations=[make_organisation(), make_organisation()], translations={"fr": {"name": "Nom"}})
    assert price() == few
    assert few <= 12
