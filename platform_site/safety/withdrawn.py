"""Answers for records that were withdrawn: the one that took their place, else 410 with the reason and where to go."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from platform_site.records.access import RecordGone
from platform_site.safety import error_views

View = Callable[..., HttpResponseBase]


def answers_withdrawn(*ways: tuple[Any, str]) -> Callable[[View], View]:
    """Return a decorator for views that raise RecordGone; `ways` are pairs of a label and a URL name to go on to."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except RecordGone as gone:
                if gone.successor is not None:
                    return HttpResponsePermanentRedirect(gone.successor.get_absolute_url())
                where_to_go = [(str(label), reverse(url_name)) for label, url_name in ways]
                return error_views.gone(
                    request,
                    reason=gone.record.withdrawn_reason,
                    reason_language=gone.record.withdrawn_language,
                    where_to_go=where_to_go,
                )

        return wrapped

    return decorate
