"""Safety page and error pages in a real browser: axe, narrow and dark, and a form that expires."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.findings import findings, walk

PATHS = ["/en/safety/", "/de/nothing/", "/en/withdrawn/", "/en/forbidden/", "/en/suspicious/", "/en/crash/"]


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The small site, with the real safety page in it."""
    settings.ROOT_URLCONF = "tests.safety.page_urls"
    return live_server.url


def test_axe_finds_nothing(site: str, page: Page) -> None:
    assert walk(page, [site + path for path in PATHS]) == {}


def test_dark_and_narrow_pages_keep_contrast_and_do_not_scroll_sideways(
    site: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport={"width": 320, "height": 700}, color_scheme="dark").new_page()
    assert walk(page, [site + path for path in PATHS], "color-contrast", "target-size") == {}


def test_a_form_can_be_sent_although_no_page_of_another_site_learns_of_it(site: str, page: Page) -> None:
    """Under `no-referrer` the browser would send `Origin: null`, and every form would be refused."""
    page.goto(f"{site}/en/write/")
    page.get_by_role("textbox").fill("The number in this entry is wrong since last week.")
    page.get_by_role("button").click()
    expect(page.locator("body")).to_have_text("sent")


def test_a_form_whose_token_is_gone_gives_the_text_back(site: str, page: Page) -> None:
    page.goto(f"{site}/en/write/")
    text = "The number in this entry is wrong since last week."
    page.get_by_role("textbox").fill(text)
    page.context.clear_cookies()
    page.get_by_role("button").click()
    assert page.get_by_role("textbox").input_value() == text
    assert findings(page) == []
