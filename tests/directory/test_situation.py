"""The case in a sentence on the page: where it leads, what is shown, and that nothing of it stays anywhere."""

from __future__ import annotations

import json
import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from directory.views import situation as view
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db
ADDRESS = "/en/directory/situation/"
SENTENCE = "woman, 24, wants to go back to Romania in four weeks, needs somebody at the airport and a zeppelin"


@pytest.fixture(autouse=True)
def houses() -> None:
    for name, genders in (("Casa Alba", ["female"]), ("Casa Bruna", []), ("Casa Celeste", ["male"])):
        service = make_service("airport_reception", genders=genders, ages=["adult"])
        make_organisation(name=name, country="RO", services=[service])


def test_a_sentence_leads_to_the_filters_and_no_word_of_it_is_in_the_address() -> None:
    response = Client(enforce_csrf_checks=True).post(ADDRESS, {"situation": SENTENCE})
    assert response.status_code == 303
    parts = urlsplit(response["Location"])
    assert parts.path == "/en/directory/"
    assert parse_qs(parts.query) == {
        "country": ["RO"],
        "service": ["airport_reception"],
        "gender": ["female"],
        "age": ["adult"],
        "situation": ["1"],
        "also": ["assisted_return"],
        "within": ["28"],
        "unread": ["1"],
    }
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_the_list_answers_in_the_order_of_the_ranking_with_reasons_and_chips(client: Client) -> None:
    page = client.get(client.post(ADDRESS, {"situation": SENTENCE})["Location"]).content.decode()
    places = [page.index(text) for text in ("Casa Alba", "Not stated", "Casa Bruna", "Nearest:", "Casa Celeste")]
    assert places == sorted(places)
    for text in ("in 28 days", "1 word of your sentence was not understood", "names others: Gender"):
        assert text in page
    assert "zeppelin" not in page


def test_a_chip_of_the_sentence_can_be_removed(client: Client) -> None:
    address = client.post(ADDRESS, {"situation": SENTENCE})["Location"]
    shorter = address.replace("&within=28", "")
    page = client.get(shorter).content.decode()
    assert "in 28 days" not in page
    assert "Nearest:" in page


def test_no_organisation_states_this_is_an_answer(client: Client) -> None:
    page = client.get("/en/directory/?country=RO&service=airport_reception&language=hu&situation=1").content.decode()
    assert "No organisation states all of this" in page
    assert "Casa Alba" in page


def test_json_and_csv_answer_the_case_too(client: Client) -> None:
    address = "/en/directory/?country=RO&service=airport_reception&gender=female&situation=1&format="
    data = json.loads(client.get(f"{address}json").content)
    assert [one["title"] for one in data["results"]] == ["Casa Alba", "Casa Bruna", "Casa Celeste"]
    assert [one["stated"] for one in data["results"]] == [True, False, False]
    assert (data["total"], data["not_stated_total"]) == (1, 1)
    file = b"".join(client.get(f"{address}csv")).decode()
    assert file.index("Casa Alba") < file.index("Casa Bruna") < file.index("Casa Celeste")


@pytest.mark.parametrize(
    "query",
    [
        "situation=1",
        "situation=1&country=RO&within=x&unread=-1&from=QQ&also=%00&near=1",
        "from=RO&country=RO&situation=1",
    ],
)
def test_nonsense_in_the_address_does_no_harm(client: Client, query: str) -> None:
    assert client.get(f"/en/directory/?{query}").status_code == 200


@pytest.mark.parametrize("typed", ["", "   ", "x" * 601, "null\x00byte", "zeppelin <b>zeppelin</b>"])
def test_an_error_is_named_and_nothing_typed_is_lost(client: Client, typed: str) -> None:
    response = client.post(ADDRESS, {"situation": typed})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="#id_situation"' in page
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "<b>zeppelin" not in page
    if typed.strip().startswith("x"):
        assert typed in page


def test_the_page_shows_how_a_sentence_is_read(client: Client) -> None:
    response = client.post(ADDRESS, {"situation": f"{SENTENCE}, no accommodation needed", "check": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "<strong>Romania</strong>" in page
    assert "<q>zeppelin</q>" in page
    assert page.index("Not wanted:") < page.index("Accommodation", page.index("Not wanted:"))
    assert "needs somebody at the airport and a zeppelin" in page


def test_many_sentences_in_an_hour_have_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MOST_READINGS", 1)
    assert client.post(ADDRESS, {"situation": SENTENCE}).status_code == 303
    response = client.post(ADDRESS, {"situation": SENTENCE})
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "zeppelin" in response.content.decode()


def test_no_log_line_and_no_error_report_has_a_word_of_it(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, mailoutbox: list
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("broken")

    with caplog.at_level(logging.DEBUG):
        client.post(ADDRESS, {"situation": SENTENCE})
        monkeypatch.setattr(view, "read", broken)
        client.raise_request_exception = False
        response = client.post(ADDRESS, {"situation": SENTENCE})
    assert response.status_code == 500
    told = [caplog.text, response.content.decode(), *(mail.message().as_string() for mail in mailoutbox)]
    assert not [text for text in told if "zeppelin" in text]


def test_the_form_stands_in_the_finder_without_a_token(client: Client) -> None:
    for address in ("/en/", "/de/directory/"):
        response = client.get(address)
        page = response.content.decode()
        assert 'action="/{}/directory/situation/"'.format(address.split("/")[1]) in page
        assert 'name="situation"' in page
        assert not response.cookies
    assert client.get(ADDRESS).status_code == 200
