"""Bytes of a whole first view, as a real browser fetches it: the page with its styles, scripts, fonts and pictures."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.load import HEADERS, Server

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def first_views(server: Server) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Give a function from an address to its figures; without a browser on the machine they are empty."""
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        yield lambda address: {}
        return
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield lambda address: _first_view(browser, server, address)
        finally:
            browser.close()


def _first_view(browser: Any, server: Server, address: str) -> dict[str, Any]:
    """Open the address with nothing kept from before; gives bytes over the wire and the number of requests."""
    proto = {"X-Forwarded-Proto": HEADERS["X-Forwarded-Proto"]}
    context = browser.new_context(viewport={"width": 1280, "height": 800}, extra_http_headers=proto)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        session.send("Network.enable")
        page.goto(f"http://localhost:{server.port}{address}", wait_until="networkidle")
        return {"first_view_bytes": sum(sizes), "first_view_requests": len(sizes)}
    finally:
        context.close()
