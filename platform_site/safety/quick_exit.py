"""Leaving the site at once: the one address whose GET may write, because it must work as a plain link.

A form would be stopped by `form-action 'self'` on its way to another site. Nobody counts who leaves.
"""

from __future__ import annotations

import logging
import re

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

EXIT_PATH = re.compile(r"^/[a-z-]+/leave/$")


class HttpResponseSeeOther(HttpResponseRedirect):
    """A redirect that is always followed by a GET (303)."""

    status_code = 303


def is_exit_path(path: str) -> bool:
    """Tell whether `path` is the exit in any language."""
    return EXIT_PATH.match(path) is not None


@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Sign out, have the browser forget this site, and lead to a neutral page in the reader's language.

    HEAD and requests that are not a person going there (an image, a prefetch) lead there too, and change nothing.
    """
    response = HttpResponseSeeOther(exit_target())
    if request.method == "GET" and is_navigation(request):
        end_session(request)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        # For browsers that do not know the header above; the session's cookie goes with the session.
        response.delete_cookie(settings.CSRF_COOKIE_NAME)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def exit_target() -> str:
    """Return the neutral page of the active language; of the site's default language if none is set."""
    targets: dict[str, str] = settings.QUICK_EXIT_TARGETS
    return targets.get(get_language() or "") or targets[settings.LANGUAGE_CODE]


def is_navigation(request: HttpRequest) -> bool:
    """Tell whether a person opens the address, as far as the browser says.

    So a picture on another site cannot sign anybody out, and a browser that loads links ahead does not either.
    """
    return (
        request.headers.get("Sec-Fetch-Dest", "document") == "document"
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
        and "prefetch" not in request.headers.get("Purpose", "")
    )


def end_session(request: HttpRequest) -> None:
    """End the session on the server, if the browser came with one.

    If the database is down the person leaves all the same: the cookie goes, and the log says that the session stayed.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    try:
        logout(request)
    except DatabaseError:
        logger.exception("A session could not be ended at the quick exit")
        # An empty session makes Django's middleware delete the cookie without asking the database again.
        store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        request.session = store()
