"""A reader that follows every link of the site and keeps what it was sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.test import Client

MOST_PAGES = 1200
# Ending the session is not reading.
LEFT_OUT = ("/leave/", "/accounts/logout/", "/static/", "/accounts/")


def crawl(
    client: Client, starts: Iterable[str], *, most: int = MOST_PAGES, prefix: str = "/", left_out: tuple[str, ...] = ()
) -> Iterator[tuple[str, int, str]]:
    """Yield path, status and text (headers included) of everything below `prefix` that links lead to, each once.

    Paths with a part of `left_out` are not followed.

    Raises AssertionError if the site has more addresses than `most`: then the crawl would prove nothing.
    """
    waiting = deque(starts)
    seen = set(waiting)
    visited = 0
    while waiting:
        path = waiting.popleft()
        response = client.get(path)
        visited += 1
        assert visited <= most, f"more than {most} addresses; the crawl is not whole"
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", errors="replace")
        yield path, response.status_code, text + repr(dict(response.headers))
        found = [response["Location"]] if "Location" in response else []
        if response.get("Content-Type", "").startswith("text/html"):
            found += links(text)
        for href in found:
            target = urlsplit(urljoin(path, href))
            if target.netloc or target.scheme not in {"", "http"} or not target.path.startswith(prefix):
                continue
            # States of lists are without number; the starts name those that matter.
            if target.path not in seen and not any(part in target.path for part in (*LEFT_OUT, *left_out)):
                seen.add(target.path)
                waiting.append(target.path)


def parsed(html: str) -> lxml.html.HtmlElement:
    """Return the tree of a page. lxml reads what html5lib reads in a fifteenth of the time, the half of a walk."""
    # A redirection has an empty body, which this parser refuses.
    return lxml.html.document_fromstring(html if html.strip() else "<html></html>")


def links(html: str) -> list[str]:
    """Return the targets of all links and pictures of a page."""
    found = []
    for element in parsed(html).iter():
        for name in ("href", "src"):
            value = element.attrib.get(name, "") if isinstance(element.tag, str) else ""
            if value and not value.startswith(("mailto:", "tel:", "#", "https:", "data:")):
                found.append(value)
    return found
