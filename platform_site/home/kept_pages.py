"""Whole pages of visitors, kept for as long as nothing in the database changes.

What a visitor without a session gets at an address is the same for all of them, until something is written or the day
changes. So a page is drawn once and handed out again from memory, per process. Nobody who is signed in, was signed in
or is about to send a form gets a kept page, and what they get is never kept.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import get_language_from_path

from platform_site.safety.headers import is_private_path
from platform_site.safety.logs import SECRET_ARGUMENTS
from platform_site.vocabulary import changes

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Token = tuple[Hashable, ...]
Key = tuple[str | None, ...]

# For each process: 64 MiB of pages; one that is larger than a page may be is drawn each time.
MOST_BYTES = 64 * 1024 * 1024
LARGEST = 512 * 1024
LONGEST_ADDRESS = 2_000
# A process that is killed between its writing and its saying so leaves no page behind for longer.
LONGEST_SECONDS = 600


@dataclass(frozen=True)
class KeptPage:
    """What was answered: the body and the headers of the view."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def answer(self) -> HttpResponse:
        """Return a response of its own for each visitor: others add their headers to it."""
        return HttpResponse(self.body, headers=dict(self.headers))


class KeptPages:
    """Pages by address, the least recently asked for gone first; all gone when the token changes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._token: Token | None = None
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._forget(None)

    def get(self, token: Token, key: Key) -> KeptPage | None:
        """Return the page of `key` as it is in the state `token` of the data, if it is kept."""
        with self._lock:
            if self._token != token:
                self._forget(token)
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, token: Token, key: Key, page: KeptPage) -> None:
        """Keep the page that was drawn while the data was in the state `token`; a state that is past is ignored."""
        with self._lock:
            if self._token != token or key in self._pages:
                return
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > self._most_bytes:
                _key, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)

    def _forget(self, token: Token | None) -> None:
        self._token = token
        self._pages.clear()
        self._bytes = 0


kept_pages = KeptPages()


class KeptPagesMiddleware:
    """Answers visitors from the kept pages; stands below what adds headers, above sessions and languages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the kept page, or with a new one, which is kept if it is the same for all visitors."""
        if not settings.KEEP_PAGES or not is_of_a_visitor(request):
            return self.get_response(request)
        token = (changes.current(), localdate().isoformat(), int(time.time() // LONGEST_SECONDS))
        key = (request.scheme, request.META.get("HTTP_HOST"), request.method, request.get_full_path())
        page = kept_pages.get(token, key)
        if page is not None:
            return page.answer()
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and is_for_all_visitors(request, response):
            kept_pages.put(token, key, KeptPage(response.content, tuple(response.headers.items())))
        return response


def is_of_a_visitor(request: HttpRequest) -> bool:
    """Say whether a request reads a public page and comes with nothing that tells one visitor from another."""
    return (
        request.method == "GET"
        and not getattr(request, "is_dummy", False)
        # A form's token comes as a cookie once; with it, a page with the token in it would set none.
        and not request.COOKIES
        and not request.headers.get("Authorization")
        and bool(get_language_from_path(request.path_info))
        and not is_private_path(request)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def is_for_all_visitors(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether an answer may be given again: a whole page with no cookie, no secret address, no word against it."""
    control = response.headers.get("Cache-Control", "")
    arguments = request.resolver_match.kwargs if request.resolver_match else {}
    return (
        response.status_code == 200
        and not set(arguments) & set(SECRET_ARGUMENTS)
        and not response.cookies
        and not ("no-store" in control or "private" in control)
        and len(response.content) <= LARGEST
    )
