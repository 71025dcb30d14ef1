"""The home page in five languages: everything on it is counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site.home.models import HomePage
from tests.factories import make_case, make_chart, make_organisation, make_user
from tests.library.making import make_document

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_home_page(client: Client, language: str) -> None:
    response = client.get(f"/{language}/")
    page = response.content.decode()
    home = HomePage.objects.get(locale__language_code=language)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert home.headline.replace("’", "’") in page
    assert response.context["is_stand_in"] is False
    assert response.context["content_languages"] == set(LANGUAGES)


def test_the_root_leads_to_the_readers_language(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "it;q=0.9, pt"})
    assert (response.status_code, response["Location"]) == (302, "/it/")


def test_an_empty_site_says_so(client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert "No organisation is published yet" in page
    assert "No practice chart is published yet" in page
    assert "0 organisations" in page
    assert "in 0 countries" not in page
    assert "For member organisations" not in page, "nothing is there for them yet"
    make_organisation()
    filled = client.get("/en/").content.decode()
    assert "in 1 country" in filled
    assert "For member organisations" in filled


def figures_of(page: str) -> list[int]:
    shown = re.search(r'class="hero-figures">(.*?)</p>', page, re.DOTALL)
    assert shown
    return [
        int(number)
        for number in re.findall(r"(\d+) (?:organisation|practice)|in (\d+) countr", shown[1])
        for number in number
        if number
    ]


def test_figures_are_those_of_the_reader(client: Client) -> None:
    make_organisation(country="IT")
    make_organisation(country="IT")
    make_organisation(country="RO", audience="members")
    make_chart()
    make_chart(audience="members")
    public = client.get("/en/")
    assert public.context["organisations"] == 2 + public.context["charts"] * 0 + extra(public)
    member = Client()
    member.force_login(make_user("member"))
    inside = member.get("/en/")
    assert inside.context["organisations"] == public.context["organisations"] + 1
    assert inside.context["charts"] == public.context["charts"] + 1
    assert {link.code for link in inside.context["countries"]} - {
        link.code for link in public.context["countries"]
    } == {"RO"}


def extra(response: Any) -> int:
    """Organisations that the charts of the test brought with them."""
    from directory.models import Organisation

    return Organisation.objects.visible_to(AnonymousUser()).count() - 2


def test_numbers_of_countries_add_up_to_all_organisations(client: Client) -> None:
    for country in ("IT", "IT", "RO", "XK"):
        make_organisation(country=country)
    context = client.get("/en/").context
    assert {link.code: link.count for link in context["countries"]} == {"IT": 2, "RO": 1, "XK": 1}
    assert sum(link.count for link in context["countries"]) == context["organisations"] == 4


def test_countries_are_sorted_by_their_names_in_the_language(client: Client) -> None:
    for country in ("AT", "XK", "DE"):
        make_organisation(country=country)
    assert [link.code for link in client.get("/de/").context["countries"]] == ["DE", "XK", "AT"]
    assert [link.code for link in client.get("/en/").context["countries"]] == ["AT", "DE", "XK"]


def test_the_finder_leads_to_the_directory(client: Client) -> None:
    make_organisation()
    page = client.get("/fr/").content.decode()
    assert re.search(r'<form class="finder" method="get" action="/fr/directory/"', page)


def test_the_newest_case_studies_and_documents_are_those_of_the_reader(client: Client) -> None:
    assert "Newest case studies" not in client.get("/en/").content.decode()
    teller = make_organisation()
    for number in range(5):
        make_case(organisation=teller, title=f"Case of the {number}")
        make_document(name=f"Paper of the {number}", published_on=f"{2001 + number}")
    make_case(organisation=teller, title="Case for members", audience="members")
    make_document(name="Paper for members", published_on="2024", audience="members")
    page = client.get("/en/").content.decode()
    shown = [f"{kind} of the {number}" for kind in ("Case", "Paper") for number in (4, 3, 2, 1)]
    places = [page.index(words) for words in shown]
    assert places == sorted(places)
    for hidden in ("of the 0", "Case for members", "Paper for members"):
        assert hidden not in page
    assert "All 5 case studies" in page
    assert "All 5 documents" in page
    member = Client()
    member.force_login(make_user("member"))
    inside = member.get("/en/").content.decode()
    assert "Case for members" in inside
    assert "Paper for members" in inside
    assert "All 6 documents" in inside


def test_queries_do_not_grow_with_the_content(client: Client) -> None:
    def count() -> int:
        client.get("/en/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/en/")
        return len(queries)

    make_chart()
    make_case()
    make_document()
    few = count()
    for country in ("IT", "RO", "DE", "FR", "ES"):
        make_organisation(country=country)
        make_chart()
        make_case()
        make_document()
    assert count() == few
    assert few <= 12


def test_the_page_is_light(client: Client) -> None:
    for country in ("IT", "RO", "DE", "FR", "ES", "AT", "BE", "BG", "CZ", "PL"):
        make_organisation(country=country)
        make_chart()
    assert len(client.get("/de/").content) < 60_000


def test_no_cookie_and_no_outside_address(client: Client) -> None:
    response = client.get("/en/")
    assert not response.cookies
    outside = re.findall(r'(?:src|href)="(https?://(?!testserver)[^"]*)"', response.content.decode())
    assert outside == []
