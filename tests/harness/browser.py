"""A real browser for tests: the system's Chromium through Playwright, held to this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

LAUNCH_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # The browser has no way out either: no name resolves but this machine's.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", None})


class PageWatch:
    """What a page did that no page of this site may do: requests elsewhere, breaches of the policy, script errors."""

    def __init__(self) -> None:
        self.findings: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to `page` from now on."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.findings.append(f"script error: {error}"))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in _LOCAL_HOSTS:
            self.findings.append(f"request to another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.findings.append(f"policy breached: {message.text}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests of this process.

    Playwright's synchronous interface runs an event loop in this thread, which makes Django refuse the ORM; the
    tests use both one after the other, never from a coroutine, so the refusal is lifted while the browser lives.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        instance = playwright.chromium.launch(executable_path=chromium, args=LAUNCH_ARGUMENTS)
        yield instance
        instance.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (`new_context(viewport=…, color_scheme=…, java_script_enabled=False)`) of this test.

    Each is watched: at the end the test fails if any page asked another host, breached the policy or threw an error.
    """
    watch = PageWatch()
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        defaults: dict[str, object] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
        context = browser.new_context(**{**defaults, **options})  # type: ignore[arg-type]  # Playwright's own options
        context.set_default_timeout(15_000)
        context.on("page", watch.follow)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    if watch.findings:
        pytest.fail("\n".join(dict.fromkeys(watch.findings)), pytrace=False)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of its own, 1280 by 800, with scripts on, watched as `new_context` says."""
    return new_context().new_page()


def pytest_configure(config: pytest.Config) -> None:
    """Keep a proxy of the machine from standing between the browser and the site under test."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        os.environ.pop(name, None)
