"""The style guide: each page comes, is valid HTML, and is off where the setting is off."""

from __future__ import annotations

import html5lib
import pytest
from django.test import Client
from pytest_django import Settings

from platform_site.ui.style_guide import PAGES

# The footer names the pages that editors wrote, so the frame reads the database.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("style_site")]
ADDRESSES = ["/style-guide/", *(f"/style-guide/{key}/" for key, _label in PAGES)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_valid_html_with_one_heading_of_the_first_level(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    assert len(document.findall(".//h1")) == 1
    ids = [element.attrib["id"] for element in document.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_it_is_not_there_where_the_setting_is_off(client: Client, settings: Settings) -> None:
    settings.STYLE_GUIDE = False
    assert client.get("/style-guide/").status_code == 404
    assert client.get("/style-guide/home/").status_code == 404


def test_an_unknown_sample_does_not_exist(client: Client) -> None:
    assert client.get("/style-guide/palace/").status_code == 404
