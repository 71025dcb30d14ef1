"""Middleware: request log, closed sign, security headers, language by the address.

Order in the settings, outermost first: RequestLogMiddleware, Django's SecurityMiddleware, SecurityHeadersMiddleware,
WhiteNoise, MaintenanceMiddleware, Django's SessionMiddleware, PrefixLocaleMiddleware. So the headers also stand on
static files and on the closed sign, and the closed sign still has its style sheet.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers

from platform_site.safety import error_views, headers
from platform_site.safety.logs import loggable_path
from platform_site.safety.quick_exit import is_exit_path

GetResponse = Callable[[HttpRequest], HttpResponseBase]

request_log = logging.getLogger("platform_site.requests")


class RequestLogMiddleware:
    """Writes one line per request: method, path without query, status, milliseconds. No address, agent or referrer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and log it; Wagtail's dummy requests for previews are left out."""
        if getattr(request, "is_dummy", False):
            return self.get_response(request)
        start = time.perf_counter()
        response = self.get_response(request)
        milliseconds = round((time.perf_counter() - start) * 1000)
        path = loggable_path(request)
        request_log.info(
            "%s %s %d %d ms",
            request.method,
            path,
            response.status_code,
            milliseconds,
            extra={"method": request.method, "path": path, "status": response.status_code, "ms": milliseconds},
        )
        return response


class MaintenanceMiddleware:
    """Answers 503 in all languages while `MAINTENANCE` is on; health checks, static files and the exit still work."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, or put up the closed sign."""
        if not settings.MAINTENANCE or stays_open(request):
            return self.get_response(request)
        return error_views.service_unavailable(request, retry_after=settings.MAINTENANCE_RETRY_AFTER)


def stays_open(request: HttpRequest) -> bool:
    """Tell whether the address answers even while the site is closed."""
    path = request.path_info
    return headers.is_static(request) or path.startswith("/health/") or is_exit_path(path)


class SecurityHeadersMiddleware:
    """Adds the policies of `settings.security` to every response; see `headers`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with the headers that its page needs."""
        response = self.get_response(request)
        if getattr(request, "signed_out", False):
            # Cookies are gone by the session's end; pages and drafts that the browser keeps would outlive it.
            response.headers.setdefault("Clear-Site-Data", '"cache", "storage"')
        headers.set_cache_headers(request, response)
        headers.set_security_headers(request, response)
        return response


class PrefixLocaleMiddleware(LocaleMiddleware):
    """The language is the one in the address; other addresses are read in the browser's language, never redirected.

    Django's own class answers each unknown address outside the prefixes with a redirect into them, the missing file
    and the misspelt feed included. Here they are a 404. Only `/` leads on, to the best language.
    """

    def process_request(  # type: ignore[override]  # Django's hook may answer; the stubs say that it never does
        self, request: HttpRequest
    ) -> HttpResponseBase | None:
        """Activate the language; send `/` to its home page."""
        super().process_request(request)
        if getattr(request, "is_dummy", False):
            # Wagtail previews what has no address of its own under "/".
            return None
        if request.path_info == "/" and request.method in {"GET", "HEAD"}:
            response = HttpResponseRedirect(f"{get_script_prefix()}{translation.get_language()}/")
            patch_vary_headers(response, ("Accept-Language",))
            return response
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say in which language the page is, and whether that came from the browser's wish."""
        if not translation.get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
