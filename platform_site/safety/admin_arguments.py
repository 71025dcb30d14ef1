"""Keys in the addresses and forms of Wagtail's screens: what is no number is not found, instead of a server error.

Wagtail 7.4 passes some of them to the database unread (history and comparison of snippets, choosers); every key of
ours is a number.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from platform_site.safety import error_views
from platform_site.safety.headers import is_admin

logger = logging.getLogger(__name__)

KEYS = ("pk", "object_id")
QUERY_KEYS = ("id",)
# Of a form's body, where nothing else reads them before the database does.
BODY_KEYS = ("revision_id", "new_parent_page")
LONGEST = 18
# What a field of Django says of such a value.
NO_KEY = re.compile(r"\AField 'id' expected a number but got ")


def is_key(value: object) -> bool:
    """Say whether `value` can be the primary key of a row: a whole number that the database can hold."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST


class AdminArgumentsMiddleware:
    """Answers 404 to keys that no row can have, on the editors' screens alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Raise Http404 for a key that is no number."""
        if not is_admin(request):
            return
        asked = [kwargs[name] for name in KEYS if name in kwargs]
        if request.path.endswith(("/chosen-multiple/", "/chosen/")):
            asked += [value for name in QUERY_KEYS for value in request.GET.getlist(name)]
        if request.method == "POST":
            asked += [value for name in BODY_KEYS for value in request.POST.getlist(name) if value]
        if not all(is_key(value) for value in asked):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer 400 to a form whose chooser sent no key.

        Wagtail's choosers look up the value that they show again, unread; they sit in any form, under any name.
        """
        if request.method == "POST" and is_admin(request) and NO_KEY.match(str(exception)):
            logger.warning("A form sent something else than a key: %s", type(exception).__name__, exc_info=exception)
            return error_views.bad_request(request, exception)
        return None
