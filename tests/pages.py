"""A page as tests read it: its elements, and their words in one line."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def page_of(client: Client, address: str) -> BeautifulSoup:
    """The page at `address`, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def words(element: Any) -> str:
    """The words of an element, with one blank between them."""
    return " ".join(element.get_text(" ").split())
