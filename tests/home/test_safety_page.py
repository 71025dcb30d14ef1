"""The page "Safe use of this site"."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate

from directory.models import Hotline
from platform_site.home import safety_page
from platform_site.records.services import publish_record
from tests.costs import queries
from tests.factories import build_organisation, make_draft_organisation, make_service

pytestmark = pytest.mark.django_db


def add_hotline(number: str, *, country: str = "RO", languages: tuple[str, ...] = (), **values: object) -> None:
    of_organisation = ("audience", "imported_on", "confirmed_on", "services", "words_language")
    organisation = build_organisation(country=country, **{k: values.pop(k) for k in of_organisation if k in values})
    who = values.pop("who", ())
    hotline = Hotline(number=number, **values)
    hotline.set_codes("languages", languages)
    hotline.set_codes("target_groups", who)
    organisation.hotlines.add(hotline)
    publish_record(record=organisation)


def test_numbers_come_first_large_and_can_be_dialled(client: Client) -> None:
    add_hotline("+40 21 555 01 32", hours="24/7", free="yes", languages=("ro", "en"))
    html = client.get("/en/safety/").content.decode()
    assert '<a class="hotline-number tel" href="tel:+40215550132">+40 21 555 01 32</a>' in html
    assert "24/7 · free of charge" in html
    assert "Romanian, English" in html
    assert html.index("hotline-number") < html.index("callout--safety") < html.index('id="device"')


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_number_says_how_old_it_is(client: Client) -> None:
    year = make_service("hotline", as_of=2012)
    add_hotline("+40 21 555 01 32", imported_on=date(2026, 11, 1), services=[year])
    add_hotline("+40 21 555 01 33", confirmed_on=localdate())
    text = flat(client.get("/en/safety/").content.decode())
    printed = text[text.index("555 01 32") : text.index("555 01 33")]
    assert "Not yet confirmed imported on 1 November 2026 data of 2012" in printed
    assert "Confirmed " in text[text.index("555 01 33") : text.index("A call to another country")]


def test_lines_for_professionals_stand_apart_below(client: Client) -> None:
    add_hotline("0800 1", country="AL", who=("professionals", "law_enforcement"))
    add_hotline("0800 2", country="RO", who=("victims", "lawyers"))
    add_hotline("0800 3", country="RO")
    html = client.get("/en/safety/").content.decode()
    text = flat(html)
    assert text.index("0800 2") < text.index("Lines for professionals") < text.index("0800 1")
    assert text.index("0800 3") < text.index("Lines for professionals")
    assert html.index("tel:112") < html.index('id="lines-for-professionals"')


def test_without_lines_for_professionals_there_is_no_heading_of_theirs(client: Client) -> None:
    add_hotline("0800 3", country="RO")
    assert "Lines for professionals" not in client.get("/en/safety/").content.decode()


def test_hours_are_in_the_words_and_the_language_of_the_entry(client: Client) -> None:
    add_hotline("0800 1", hours="every day 9:00 to 23:00", time_zone="Europe/Paris")
    add_hotline("0800 2", hours="tous les jours", words_language="fr")
    add_hotline("0800 3", hours="24/7")
    french = client.get("/fr/safety/").content.decode()
    assert '<span lang="en">every day 9:00 to 23:00</span>' in french
    assert "tous les jours" in french
    assert 'lang="fr">tous les jours' not in french
    assert "24/7" in french
    assert '">24/7</span>' not in french
    english = client.get("/en/safety/").content.decode()
    assert "every day 9:00 to 23:00 (time of Paris)" in english
    assert '<span lang="fr">tous les jours</span>' in english


def test_the_emergency_number_is_there_without_any_entry(client: Client) -> None:
    html = client.get("/en/safety/").content.decode()
    assert html.count("hotline-number") == 1
    assert "numbers from the directory" not in html, "it gives none"
    assert "secretariat" not in html, "which wrote none of it"
    assert 'href="tel:112"' in html


def test_the_way_out_stands_on_the_page_and_can_be_tried(client: Client) -> None:
    html = client.get("/de/safety/").content.decode()
    assert len(re.findall(r'<a [^>]*href="/de/leave/"[^>]*data-exit', html)) >= 3
    assert html.count("<h1") == 1


def test_many_numbers_are_shown_by_country(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety_page, "MOST_NUMBERS", 2)
    add_hotline("+40 21 555 01 01", country="RO")
    add_hotline("+39 055 555 01 01", country="IT")
    text = flat(client.get("/en/safety/").content.decode())
    assert "+40 21 555 01 01" in text
    assert "In which country" not in text
    add_hotline("+40 21 555 01 02", country="RO")
    add_hotline("+355 4 555 01 01", country="AL", audience="members")
    for chosen in ("", "?country=XX", "?country=AL"):
        text = flat(client.get(f"/en/safety/{chosen}").content.decode().replace("&nbsp;", " "))
        assert "112" in text
        assert "+40 21 555 01 01" not in text
        assert "In which country do you need a number? Italy (1) · Romania (2)" in text.replace("\xa0", " ").replace(
            "&nbsp;", " "
        )
    html = client.get("/en/safety/?country=RO").content.decode()
    assert "+40 21 555 01 01" in html
    assert "+40 21 555 01 02" in html
    assert "+39 055" not in html
    assert 'href="/en/safety/?country=IT#hotlines"' in html


def test_a_number_that_was_never_published_stays_hidden(client: Client) -> None:
    organisation = make_draft_organisation(country="RO")
    organisation.hotlines.add(Hotline(number="+40 21 555 09 99"))
    organisation.save()
    assert "555 09 99" not in client.get("/en/safety/").content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
def test_it_answers_in_every_language(client: Client, language: str) -> None:
    response = client.get(f"/{language}/safety/")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_more_numbers_cost_no_more_queries(client: Client) -> None:
    add_hotline("+40 21 555 01 01", languages=("ro",))
    few = queries(client, "/en/safety/")
    assert few <= 10
    for number in range(5):
        add_hotline(f"+40 21 555 02 0{number}", languages=("ro", "en"))
    assert queries(client, "/en/safety/") == few
