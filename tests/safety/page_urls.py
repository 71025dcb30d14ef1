"""The addresses of `tests.safety.urls` with the site's own safety page and directory, and a page with a form."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from django.utils.html import format_html

from platform_site.home.safety_page import safety_page
from tests.safety import urls
from tests.safety.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def write(request: HttpRequest) -> HttpResponse:
    """A page with one text field, or the word that it was sent."""
    if request.method == "POST":
        return HttpResponse("sent")
    form = format_html(
        '<!doctype html><html lang="en"><title>Write</title><form method="post">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<textarea name="message" aria-label="Message"></textarea><button>Send</button></form>',
        get_token(request),
    )
    return HttpResponse(form)


urlpatterns = [
    *i18n_patterns(
        path("safety/", safety_page, name="safety_page"),
        path("write/", write),
        path("", include("directory.urls")),
    ),
    *urls.urlpatterns,
]
