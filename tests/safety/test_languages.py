"""The language stands in the address; addresses without one are never redirected, but for the root."""

from __future__ import annotations

import pytest
from django.test import Client

# The footer of each page names pages of the site, which the first request reads.
pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("wished", "home"),
    [("de-AT,de;q=0.9,en;q=0.5", "/de/"), ("pl,it;q=0.4", "/it/"), ("pl", "/en/"), ("", "/en/"), ("*;;q=x", "/en/")],
)
def test_root_leads_to_the_best_language(client: Client, wished: str, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": wished})
    assert (response.status_code, response.headers["Location"]) == (302, home)
    assert response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/read/", "/read", "/nothing", "/wp-login.php", "/favicon.ico", "/api/read/"])
def test_addresses_outside_the_prefixes_are_a_real_404(client: Client, path: str) -> None:
    response = client.get(path, headers={"Accept-Language": "fr"})
    assert response.status_code == 404
    assert "accept-language" in response.headers["Vary"].lower()


@pytest.mark.parametrize("path", ["/en-us/read/", "/pl/read/", "/EN/read/"])
def test_an_unknown_prefix_is_a_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_address_decides_not_the_browser(client: Client) -> None:
    response = client.get("/de/read/", headers={"Accept-Language": "fr"})
    assert response.headers["Content-Language"] == "de"
    assert "Vary" not in response.headers


def test_a_missing_slash_is_added_inside_the_prefixes(client: Client) -> None:
    assert client.get("/en/read").headers["Location"] == "/en/read/"


def test_posting_to_the_root_leads_nowhere(client: Client) -> None:
    assert client.post("/").status_code == 404
