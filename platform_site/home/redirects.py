"""Old addresses that lead to new ones: made in the admin (*Settings*, *Redirects*), used where nothing else answers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from platform_site.safety.headers import is_private_path

# Addresses of files and of the machine's own questions: what is missing there is missing.
WITHOUT = (settings.STATIC_URL, settings.MEDIA_URL, "/documents/", "/health/")


class PublicRedirectMiddleware(RedirectMiddleware):
    """Wagtail's, for public reading alone: nothing that is sent, and no screen of people who sign in, is led away."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return a redirect for an address that was not found and has one, else `response`."""
        if request.method not in {"GET", "HEAD"} or is_private_path(request) or request.path.startswith(WITHOUT):
            return response
        found: HttpResponseBase = super().process_response(request, response)
        return found
