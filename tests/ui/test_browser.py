"""The style guide in a real browser: rules of axe, no sideways scrolling, scripts that only improve."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from platform_site.ui.style_guide import PAGES
from tests.browser.findings import overflow, walk

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("style_site")]
ADDRESSES = ["/style-guide/", *(f"/style-guide/{key}/" for key, _label in PAGES)]
# The breakpoints, one pixel below them, and a wide screen.
WIDTHS = (359, 360, 719, 768, 899, 1023, 1024, 1179, 1180, 1239, 1280, 1600)
SCRIPTS_OFF = {"java_script_enabled": False}


def test_axe_finds_nothing(live_server: LiveServer, page: Page) -> None:
    assert walk(page, [live_server.url + address for address in ADDRESSES]) == {}


def test_dark_and_narrow_pages_keep_contrast_and_targets_and_do_not_scroll_sideways(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport={"width": 320, "height": 700}, color_scheme="dark").new_page()
    addresses = [live_server.url + address for address in ADDRESSES]
    assert walk(page, addresses, "color-contrast", "target-size") == {}


def test_no_width_scrolls_sideways(live_server: LiveServer, page: Page) -> None:
    for address in ADDRESSES:
        page.goto(live_server.url + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            assert overflow(page) <= 0, (address, width)


def test_the_menu_opens_without_script(live_server: LiveServer, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 360, "height": 700}, **SCRIPTS_OFF).new_page()
    page.goto(f"{live_server.url}/style-guide/")
    assert not page.locator(".nav").is_visible()
    page.locator(".menu > summary").click()
    assert page.locator(".nav").is_visible()
    assert page.locator(".nav .languages").is_visible()


def test_the_filters_fold_and_open_without_script(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport={"width": 360, "height": 700}, **SCRIPTS_OFF).new_page()
    page.goto(f"{live_server.url}/style-guide/directory/")
    assert not page.locator(".filters").is_visible()
    page.locator(".filters-fold > summary").click()
    assert page.locator(".filters").is_visible()
    page.set_viewport_size({"width": 1280, "height": 700})
    assert page.locator(".filters").is_visible()


def test_a_facet_applies_itself_and_says_the_count(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/style-guide/directory/")
    box = page.get_by_label("Women 7")
    box.check()
    page.wait_for_url("**/directory/?*who=women*")
    page.wait_for_function("document.querySelector('.filters ~ [role=status]').textContent.includes('7 organisations')")
    assert page.evaluate("document.activeElement.value") == "women"


def test_without_script_the_filters_are_sent_by_their_button(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(**SCRIPTS_OFF).new_page()
    page.goto(f"{live_server.url}/style-guide/directory/")
    page.get_by_role("button", name="Apply filters").click()
    assert "country=romania" in page.url


def test_the_print_button_is_there_only_with_script(
    live_server: LiveServer, page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    address = f"{live_server.url}/style-guide/chart/"
    page.goto(address)
    assert page.locator("[data-print]").is_visible()
    plain = new_context(**SCRIPTS_OFF).new_page()
    plain.goto(address)
    assert not plain.locator("[data-print]").is_visible()


def test_the_counter_counts_words(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/style-guide/form/")
    line = page.locator(".counter")
    assert line.locator("span").first.text_content() == "338 / 300"
    assert "is-over" in (line.get_attribute("class") or "")
    page.locator("#id_background").fill("three short words")
    assert line.locator("span").first.text_content() == "3 / 300"
    assert "is-over" not in (line.get_attribute("class") or "")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/style-guide/form/")
    page.wait_for_function("document.activeElement.classList.contains('error-summary')")
    page.get_by_role("link", name="Who is helped: This field is required.").click()
    assert page.evaluate("location.hash") == "#id_groups_0"
    assert page.locator("#id_groups_0").is_visible()


def test_the_focus_is_never_under_the_strip(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/style-guide/directory/")
    hidden = []
    for _step in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => {
                const active = document.activeElement;
                const strip = document.querySelector(".strip");
                if (active === document.body || strip.contains(active) || active.closest(".skips")) return [];
                const [a, b] = [active.getBoundingClientRect(), strip.getBoundingClientRect()];
                return a.top < b.bottom - 1 && a.bottom > b.top ? [active.outerHTML.slice(0, 120)] : [];
            }"""
        )
    assert hidden == []


def test_on_paper_what_cannot_be_pressed_is_gone(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/style-guide/chart/")
    page.emulate_media(media="print")
    for gone in (".strip", ".header", ".footer", ".contents", ".dateline-actions"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".print-head").is_visible()
    assert "Ferry, printed on" in (page.locator(".print-foot").text_content() or "")
    # On paper nobody presses a link of a text: its address stands behind it. Addresses of this site are left out.
    page.evaluate(
        """document.querySelector(".read").insertAdjacentHTML(
            "beforeend", "<a id='out' href='https://example.org/form'>a form</a> <a id='in' href='/en/safety/'>here</a>"
        )"""
    )
    behind = "name => getComputedStyle(document.getElementById(name), '::after').content"
    assert page.evaluate(behind, "out") == '" (https://example.org/form)"'
    assert page.evaluate(behind, "in") == "none"
    # With its query: a list or a comparison can be found again by what the paper says.
    page.goto(f"{live_server.url}/style-guide/chart/?chart=1&chart=2")
    assert "/style-guide/chart/?chart=1&chart=2" in (page.locator(".print-foot").text_content() or "")
