"""The results page: what is asked, what is shown, to whom; as page, JSON, CSV and feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from directory.models import Organisation
from platform_site.records.services import withdraw_record
from search import outbox
from search.engines.base import EngineUnavailableError
from search.engines.embedded import EmbeddedEngine
from tests.factories import make_chart, make_organisation, make_service
from tests.pages import page_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/en/search/"
ATOM = "{http://www.w3.org/2005/Atom}"


def make(name: str, **values: Any) -> Organisation:
    """Return a published organisation that the search knows."""
    organisation = make_organisation(name=name, **values)
    outbox.drain()
    return organisation


def data(client: Client, **parameters: Any) -> dict[str, Any]:
    """Return the results as JSON."""
    response = client.get(ADDRESS, {**parameters, "format": "json"})
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def keys(found: dict[str, Any]) -> list[str]:
    """Return the keys of the results, best first."""
    return [result["key"] for result in found["results"]]


def test_words_find_records_with_marks_and_an_address(client: Client) -> None:
    make("Harbour House", description="Lanterns are kept <b>burning</b> for those who come at night.")
    found = data(client, q="lantern")
    assert keys(found) == ["organisation:Harbour House"]
    result = found["results"][0]
    assert "<mark>Lanterns</mark>" in result["snippet"]
    assert "<b>" not in result["snippet"]
    assert client.get(result["url"]).status_code == 200
    assert found["total"] == 1


def test_the_page_shows_what_was_found(client: Client) -> None:
    make("Harbour House", description="Lanterns are kept burning.")
    page = page_of(client, f"{ADDRESS}?q=lanterns")
    assert "Harbour House" in words(page)
    assert [mark.get_text() for mark in page.select("mark")] == ["Lanterns"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lanterns harbour", {"Harbour House", "Harbour Hall"}),
        ("harbour -lanterns", {"Harbour Hall"}),
        ('"harbour hall"', {"Harbour Hall"}),
        ("lanterns OR singing", {"Harbour House", "Harbour Hall"}),
        ("lant*", {"Harbour House"}),
    ],
)
def test_the_query_language(client: Client, text: str, expected: set[str]) -> None:
    make("Harbour House", description="Lanterns.")
    make("Harbour Hall", description="Singing.")
    assert {key.removeprefix("organisation:") for key in keys(data(client, q=text))} == expected


def test_members_find_what_is_for_them_and_visitors_learn_nothing(
    client: Client, client_for: Callable[[str], Client]
) -> None:
    make("Quiet Harbour", audience="members")
    assert keys(data(client_for("member"), q="quiet harbour")) == ["organisation:Quiet Harbour"]
    found = data(client, q="quiet harbour")
    assert (found["total"], found["results"], found["suggestion"]) == (0, [], None)
    assert not any(option["count"] for options in found["facets"].values() for option in options)


def test_what_the_index_still_has_but_nobody_may_read_is_not_shown(client: Client) -> None:
    organisation = make("Harbour House")
    Organisation.objects.filter(pk=organisation.pk).update(live=False)
    found = data(client, q="harbour")
    assert (found["total"], found["results"]) == (0, [])


def test_what_was_withdrawn_is_gone(client: Client) -> None:
    organisation = make("Harbour House")
    withdraw_record(record=organisation, user=None, reason="It closed.")
    outbox.drain()
    assert "organisation:Harbour House" not in keys(data(client, q="harbour"))


def test_facets_narrow_and_types_are_tabs(client: Client) -> None:
    house = make("Harbour House", country="RO")
    make("Harbour Hall", country="IT")
    make_chart(name="Harbour talks", organisations=[house])
    outbox.drain()
    found = data(client, q="harbour")
    assert found["total"] == 3
    counts = {option["value"]: option["count"] for option in found["facets"]["type"]}
    assert (counts["organisation"], counts["practice"]) == (2, 1)
    assert keys(data(client, q="harbour", type="organisation", country="IT")) == ["organisation:Harbour Hall"]
    # The types ignore their own choice, as all facets do.
    again = data(client, q="harbour", type="practice")["facets"]["type"]
    assert {option["value"]: option["count"] for option in again} == counts


def test_a_concept_is_searched_in_other_words_and_only_the_exact_ones_if_asked(client: Client) -> None:
    make("Casa Uno", services=[make_service("shelter", name="Sheltered housing")])
    make("Casa Due", description="Asks for work permits.")
    found = data(client, q="refuge")
    assert "organisation:Casa Uno" in keys(found)
    assert found["expansions"]
    exact = data(client, q="refuge", exact="1")
    assert exact["expansions"] == []
    assert "organisation:Casa Uno" not in keys(exact)


def test_a_slip_is_put_right_and_said(client: Client) -> None:
    for number in range(4):
        make(f"Lantern {number}", description="Lanterns in the harbour.")
    found = data(client, q="lanternz")
    assert found["total"] == 4
    text = words(page_of(client, f"{ADDRESS}?q=lanternz"))
    assert "Nothing has “lanternz”" in text


def test_any_of_the_words_where_hardly_anything_has_all(client: Client) -> None:
    make("Harbour House", description="Lanterns.")
    make("Harbour Hall", description="Singing.")
    found = data(client, q="lanterns singing")
    assert found["relaxed"] is True
    assert found["total"] == 2


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"'},
        {"q": "\x00"},
        {"q": "a" * 9000},
        {"q": "NEAR(a b) AND ^x:*"},
        {"q": "'; DROP TABLE search_entry; --"},
        {"q": "<script>alert(1)</script>"},
        {"q": "-x"},
        {"q": "x", "page": "100000"},
        {"q": "x", "page": "-1", "type": "nonsense", "country": "\x00", "sort": "??", "since": "2026-99-99"},
        {"q": "x", "format": "nonsense"},
        {},
    ],
)
def test_whatever_is_asked_the_answer_is_a_page(client: Client, query: dict[str, str]) -> None:
    make("Harbour House", description="x")
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert client.get(ADDRESS, {**query, "format": "json"}).status_code == 200


def test_the_results_as_a_file_and_as_a_feed(client: Client) -> None:
    make("=Harbour House")
    file = client.get(ADDRESS, {"q": "harbour", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert rows[0]["key"] == "organisation:=Harbour House"
    assert rows[0]["title"].startswith("'")
    feed = ElementTree.fromstring(client.get(ADDRESS, {"q": "harbour", "format": "atom"}).content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["=Harbour House"]


def test_an_engine_that_does_not_answer_is_a_page_with_ways_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailableError("refused")

    monkeypatch.setattr(EmbeddedEngine, "search", fail)
    response = client.get(ADDRESS, {"q": "harbour"})
    assert response.status_code == 200
    assert "does not answer" in response.content.decode()


def test_pages_go_as_deep_as_a_thousand_results_and_cost_the_same(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_organisation(name=f"Harbour {number:02}")
    outbox.drain()
    first, second = data(client, q="harbour", page=1), data(client, q="harbour", page=2)
    assert first["total"] == 12
    client.get(ADDRESS, {"q": "harbour"})
    with django_assert_max_num_queries(18):
        client.get(ADDRESS, {"q": "harbour"})
    page = page_of(client, f"{ADDRESS}?q=harbour&page=2")
    assert len({*keys(first), *keys(second)}) == 12
    assert page is not None
