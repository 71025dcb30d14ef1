"""Data versions: tokens that change whenever a kind of data changes, so that what is computed can be kept.

A token is random, not a counter: a transaction that is rolled back can never leave the token of another content
behind. Read once per request, all in one query.
"""

from __future__ import annotations

import threading
import uuid
from typing import Any

from django.core.signals import request_finished, request_started

# The site runs under WSGI, a request per thread; a page asks well over a hundred times.
_local = threading.local()


def connect() -> None:
    """Forget the tokens at the start and end of each request."""
    request_started.connect(forget, dispatch_uid="versions.forget.started")
    request_finished.connect(forget, dispatch_uid="versions.forget.finished")


def forget(**_kwargs: Any) -> None:
    """Read the tokens anew when they are asked for next."""
    if hasattr(_local, "tokens"):
        del _local.tokens


def current(name: str) -> str:
    """Return the token of the data `name`; the empty text if it never changed."""
    tokens: dict[str, str] | None = getattr(_local, "tokens", None)
    if tokens is None:
        from platform_site.vocabulary.models import DataVersion

        tokens = dict(DataVersion.objects.values_list("name", "token"))
        _local.tokens = tokens
    return tokens.get(name, "")


def bump(name: str) -> None:
    """Note, inside the caller's transaction, that the data `name` changed."""
    from platform_site.vocabulary.models import DataVersion

    token = uuid.uuid4().hex
    # Nearly always there: one statement in place of four.
    if not DataVersion.objects.filter(name=name).update(token=token):
        DataVersion.objects.update_or_create(name=name, defaults={"token": token})
    forget()
