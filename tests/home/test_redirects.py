"""Redirects that administrators make."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import make_organisation, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def redirects() -> None:
    for old in (
        "/en/oldplace",
        "/old/guide.html",
        "/en/directory",
        "/admin/nothing",
        "/en/accounts/nothing",
        "/documents/9/x.pdf",
    ):
        Redirect.add_redirect(old, "/en/practices/")
    Redirect.add_redirect("/en/hidden", "/en/directory/", is_permanent=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/oldplace/", 301),
        ("/en/oldplace/?from=mail", 301),
        ("/old/guide.html", 301),
        ("/en/hidden/", 302),
        ("/en/directory/", 200),
        ("/fr/oldplace/", 404),
        ("/en/nothing/", 404),
        ("/en/accounts/nothing/", 404),
        ("/documents/9/x.pdf", 404),
        ("/en/old%00place/", 404),
    ],
)
def test_only_what_nothing_else_answers_is_led_away(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status
    assert client.head(address).status_code == status


def test_what_is_sent_is_not_led_away(client: Client) -> None:
    assert client.post("/en/oldplace/", {"message": "text"}).status_code in {404, 405}


def test_an_editor_is_not_led_away_from_a_screen(client_for) -> None:
    assert client_for("administrator").get("/admin/nothing/").status_code == 404


def test_a_redirect_to_a_page_follows_it(client: Client) -> None:
    page = make_page("Guide", slug="guide")
    Redirect.add_redirect("/en/oldpage", page)
    assert client.get("/en/oldpage/")["Location"].endswith("/en/guide/")


def test_a_hidden_record_and_a_missing_one_are_led_alike(client: Client) -> None:
    make_organisation(slug="inside", audience="members")
    for slug in ("inside", "missing"):
        Redirect.add_redirect(f"/en/directory/{slug}", "/en/practices/")
        assert client.get(f"/en/directory/{slug}/").status_code == 301
