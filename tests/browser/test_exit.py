"""The quick exit in a real browser: with and without scripts, by mouse and keyboard, in two tabs, and going back.

The neutral page is a server of the test's own, on another origin than the site.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django import Settings

from tests.factories import make_user

NewContext = Callable[..., BrowserContext]
PAGE = "/en/safety/"
EXIT = "**/leave/"


@dataclass
class NeutralPage:
    """A page of somebody else, and what browsers told it."""

    url: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def neutral() -> Iterator[NeutralPage]:
    page = NeutralPage()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/weather":
                page.headers.append({name.lower(): value for name, value in self.headers.items()})
            body = b"<!doctype html><html lang=en><title>Weather</title><h1>Sunny</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    page.url = f"http://127.0.0.1:{server.server_port}/weather"
    yield page
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(live_server: object, settings: Settings, neutral: NeutralPage) -> str:
    """The running site, whose exit leads to the neutral page of the test; gives its address."""
    settings.QUICK_EXIT_TARGETS = dict.fromkeys(settings.QUICK_EXIT_TARGETS, neutral.url)
    return live_server.url


def strip_exit(page: Page) -> object:
    return page.locator(".strip-exit")


def sign_in(context: BrowserContext, site: str, settings: Settings) -> Client:
    """Give the browser the session of a member; returns a client with the same session."""
    client = Client()
    client.force_login(make_user("member"), backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site, "httpOnly": True}])
    return client


def stay_on_the_way(page: Page) -> list[str]:
    """Let the exit lead nowhere (204), so that what the page has become can be looked at; gives what was asked for.

    Playwright cannot look at a page whose next address hangs.
    """
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)

    page.route(EXIT, answer)
    return asked


def press_shift(page: Page, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def is_blank(page: Page) -> bool:
    return page.evaluate("document.body.hidden && document.documentElement.classList.contains('is-leaving')")


def test_without_script_the_link_leads_away_and_tells_nobody(
    new_context: NewContext, site: str, neutral: NeutralPage
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site + PAGE)
    strip_exit(page).click()
    expect(page).to_have_url(neutral.url)
    assert "referer" not in neutral.headers[0]
    assert "cookie" not in neutral.headers[0]


def test_with_script_it_leads_away_and_tells_nobody(page: Page, site: str, neutral: NeutralPage) -> None:
    page.goto(site + PAGE)
    strip_exit(page).click()
    expect(page).to_have_url(neutral.url)
    assert "referer" not in neutral.headers[0]


@pytest.mark.parametrize("scripts", [True, False])
def test_cookies_and_session_are_gone(
    new_context: NewContext, site: str, neutral: NeutralPage, settings: Settings, scripts: bool
) -> None:
    context = new_context(java_script_enabled=scripts)
    client = sign_in(context, site, settings)
    key = client.session.session_key
    page = context.new_page()
    page.goto(site + PAGE)
    strip_exit(page).click()
    expect(page).to_have_url(neutral.url)
    assert context.cookies() == []
    assert not Session.objects.filter(session_key=key).exists()


def test_the_page_is_blank_before_the_network_answers(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    asked = stay_on_the_way(page)
    blank = page.evaluate(
        "() => { document.querySelector('.strip-exit').click();"
        " return [document.body.hidden, document.querySelector('[role=alert]').innerText.length > 0,"
        " document.title.includes('Safe')]; }"
    )
    assert blank == [True, True, False]
    expect(page.get_by_role("heading")).to_have_count(0)
    assert asked == [f"{site}/en/leave/"]


def test_back_does_not_show_the_page_that_was_left(page: Page, site: str, neutral: NeutralPage) -> None:
    page.goto(f"{site}/en/safety/?first")
    page.goto(f"{site}/en/safety/?second")
    strip_exit(page).click()
    expect(page).to_have_url(neutral.url)
    page.go_back()
    expect(page).to_have_url(f"{site}/en/safety/?first")


def test_a_page_that_comes_back_from_the_cache_is_whole_again(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    title = page.title()
    page.evaluate("document.querySelector('.strip-exit').click()")
    assert is_blank(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert not is_blank(page)
    assert page.title() == title
    assert page.locator("[role=alert]").count() == 0
    expect(page.locator("h1")).to_be_visible()


def test_shift_three_times_leaves(page: Page, site: str, neutral: NeutralPage) -> None:
    page.goto(site + PAGE)
    press_shift(page, 3)
    expect(page).to_have_url(neutral.url)


def test_each_press_is_counted_aloud_and_in_the_strip(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    keys, status = page.locator(".strip-exit kbd"), page.locator(".strip [role=status]")
    expect(status).to_have_text("")
    expect(keys).to_contain_text("×3")
    press_shift(page)
    two = strip_exit(page).get_attribute("data-exit-two")
    assert two
    expect(status).to_have_text(two)
    expect(keys).to_contain_text("×2")
    press_shift(page)
    one = strip_exit(page).get_attribute("data-exit-one")
    assert one
    assert one != two
    expect(status).to_have_text(one)
    expect(keys).to_contain_text("×1")


def test_the_words_of_leaving_are_said_to_screen_readers(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    leaving = strip_exit(page).get_attribute("data-exit-leaving")
    assert leaving
    page.evaluate("document.querySelector('.strip-exit').click()")
    assert page.get_by_role("alert").inner_text() == leaving


def test_a_pause_of_five_seconds_starts_the_count_anew(page: Page, site: str) -> None:
    page.clock.install(time=0)
    page.goto(site + PAGE)
    # The clock stands from here on: a slow machine must not eat the five seconds.
    page.clock.pause_at(3600)
    stay_on_the_way(page)
    press_shift(page, 2)
    page.clock.fast_forward(4900)
    expect(page.locator(".strip-exit kbd")).to_contain_text("×1")
    page.clock.fast_forward(200)
    expect(page.locator(".strip-exit kbd")).to_contain_text("×3")
    press_shift(page, 2)
    assert not is_blank(page)
    press_shift(page)
    assert is_blank(page)


@pytest.mark.parametrize(
    "keys", ["Shift+A", "Control+Shift", "Alt+Shift", "Meta+Shift", "Shift+Tab", "Shift+ArrowLeft", "Escape"]
)
def test_other_keys_and_combinations_are_not_counted(page: Page, site: str, keys: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    for _ in range(4):
        page.keyboard.press(keys)
    assert not is_blank(page)
    expect(page.locator(".strip-exit kbd")).to_contain_text("×3")


def test_selecting_with_shift_and_the_mouse_is_not_counted(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    for _ in range(4):
        page.locator("h1").click(modifiers=["Shift"])
    assert not is_blank(page)


def test_a_held_key_counts_once(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    for _ in range(5):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    expect(page.locator(".strip-exit kbd")).to_contain_text("×2")


def test_the_file_loaded_twice_listens_once(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    page.add_script_tag(url=f"{site}/static/js/exit.js?again")
    press_shift(page)
    expect(page.locator(".strip-exit kbd")).to_contain_text("×2")
    assert page.locator(".strip [role=status]").count() == 1


def test_drafts_kept_on_the_device_are_cleared_before_the_network_answers(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    stay_on_the_way(page)
    left = page.evaluate(
        "() => { localStorage.setItem('draft:a', '1'); sessionStorage.setItem('draft:b', '1');"
        " localStorage.setItem('theme', 'dark'); document.querySelector('.strip-exit').click();"
        " return [Object.keys(localStorage), Object.keys(sessionStorage)]; }"
    )
    assert left == [["theme"], []]


def test_nothing_is_stored_on_the_device_afterwards(page: Page, site: str, neutral: NeutralPage) -> None:
    page.goto(site + PAGE)
    page.evaluate("localStorage.setItem('draft:a', '1'); localStorage.setItem('theme', 'dark')")
    strip_exit(page).click()
    expect(page).to_have_url(neutral.url)
    page.goto(site + PAGE)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_other_tabs_of_the_site_leave_too(new_context: NewContext, site: str, neutral: NeutralPage) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    first.goto(site + PAGE)
    second.goto(f"{site}/en/safety/?second")
    strip_exit(first).click()
    expect(first).to_have_url(neutral.url)
    expect(second).to_have_url(neutral.url)


def test_without_script_the_other_tab_is_signed_out(
    new_context: NewContext, site: str, neutral: NeutralPage, settings: Settings
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, site, settings)
    first, second = context.new_page(), context.new_page()
    second.goto(site + PAGE)
    assert second.locator("a[href$='/accounts/logout/']").count() > 0
    first.goto(site + PAGE)
    strip_exit(first).click()
    expect(first).to_have_url(neutral.url)
    second.reload()
    assert second.locator("a[href$='/accounts/logout/']").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_it_is_the_second_stop_of_the_keyboard(
    new_context: NewContext, site: str, neutral: NeutralPage, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(site + PAGE)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(neutral.url)


@pytest.mark.parametrize("language", ["fr", "de", "es", "it"])
def test_it_works_in_every_language(page: Page, site: str, neutral: NeutralPage, language: str) -> None:
    page.goto(f"{site}/{language}/safety/")
    assert strip_exit(page).get_attribute("href") == f"/{language}/leave/"
    strip_exit(page).click()
    expect(page).to_have_url(neutral.url)


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_in_view_and_large_enough(new_context: NewContext, site: str, width: int) -> None:
    page = new_context(viewport={"width": width, "height": 640}).new_page()
    page.goto(site + PAGE)
    page.mouse.wheel(0, 900)
    expect(strip_exit(page)).to_be_in_viewport(ratio=1)
    box = strip_exit(page).bounding_box()
    assert box["height"] >= 44
    assert box["width"] >= 44


def test_error_pages_have_it_too(page: Page, site: str, neutral: NeutralPage) -> None:
    page.goto(f"{site}/en/nothing/")
    press_shift(page, 3)
    expect(page).to_have_url(neutral.url)
