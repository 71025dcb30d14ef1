"""Pages for what went wrong; their texts stand in the templates `400.html` ….

500 and 503 are static: they ask no database and no context processor, and stand in all languages at once, because
they must come when nothing else does.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import get_script_prefix
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from platform_site.safety.static_messages import CLOSED, SERVER_ERROR, static_messages
from platform_site.safety.typed_texts import typed_texts
from platform_site.ui.languages import language_name

logger = logging.getLogger(__name__)

# A way on from an error page: its label, in the reader's language, and its address.
Way = tuple[str, str]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 (`handler400`); says nothing of what was wrong, which is in the log."""
    return error_page(request, 400, _("We could not read that"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 (`handler403`): the reader may know of the thing, but not do this with it."""
    return error_page(request, 403, _("Your account does not allow this"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 (`handler404`): the same for what never was and for what this reader may not know of.

    Neither the address nor the exception reaches the page, and nothing is looked up.
    """
    return error_page(request, 404, _("This page does not exist"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid token (`CSRF_FAILURE_VIEW`), and give back what had been typed."""
    logger.warning("A form was refused: %s", reason)
    texts = typed_texts(request)
    return error_page(request, 403, _("The form was not sent"), template="403_csrf.html", typed_texts=texts)


def gone(
    request: HttpRequest, reason: str = "", where_to_go: Sequence[Way] = (), reason_language: str = ""
) -> HttpResponse:
    """Answer 410 for what was public once and was taken down.

    `reason` is the published reason, `reason_language` the code of its language ("" where nobody said it);
    `where_to_go` are pairs of label and address.
    """
    return error_page(
        request,
        410,
        _("This page was taken down"),
        reason=reason,
        reason_language=reason_language,
        other_language=language_name(reason_language) if reason_language not in ("", get_language()) else "",
        where_to_go=where_to_go,
    )


def too_many_requests(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """Answer 429 for what `rate_limits.allow` refused; `retry_after` are the seconds until it may work again."""
    response = error_page(request, 429, _("That was a lot in a short time"), minutes=-(-retry_after // 60))
    response.headers["Retry-After"] = str(retry_after)
    return response


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """Answer 429 (`handler429`) where allauth's limits are passed, which it sets by the minute."""
    return too_many_requests(request, retry_after=60)


def error_page(request: HttpRequest, status: int, title: str, *, template: str = "", **context: object) -> HttpResponse:
    """Return the page of `status` (by default from `<status>.html`) under `title`, with what else its text needs."""
    values = {"error_number": status, "error_title": title, **context}
    try:
        return render(request, template or f"{status}.html", values, status=status)
    except Exception:  # Whatever it is: nothing is hidden, it is logged and raised again.
        # Django shows the static page then, and logs a crash of an error page without its trace.
        logger.exception("The page for %d could not be shown", status)
        raise


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 (`handler500`) with the static page; 503 if the database could not be used, which passes."""
    # Django calls this while it handles the exception, which is in the log by then.
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return service_unavailable(request, retry_after=settings.MAINTENANCE_RETRY_AFTER)
    return static_page(SERVER_ERROR, status=500)


def service_unavailable(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """Answer 503 with the static page: the site is closed for work and opens again in about `retry_after` seconds."""
    response = static_page(CLOSED, status=503)
    response.headers["Retry-After"] = str(retry_after)
    return response


def static_page(words: dict[str, tuple[str, str]], *, status: int) -> HttpResponse:
    """Return a page of `static_messages`, which no cache keeps."""
    context = {
        "platform_name": settings.PLATFORM_NAME,
        "home_href": get_script_prefix(),
        "error_number": status,
        "messages": static_messages(words),
    }
    body = loader.get_template("safety/static_page.html").render(context)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})
