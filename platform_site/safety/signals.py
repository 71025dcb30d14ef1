"""Marks requests that sign somebody out, so that the answer also clears what the browser kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest


@receiver(user_logged_out, dispatch_uid="safety.mark_signed_out")
def mark_signed_out(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Set `request.signed_out`, which SecurityHeadersMiddleware reads; not for sessions that merely ran out."""
    if request is not None:
        request.signed_out = True  # type: ignore[attr-defined]  # a mark of ours on Django's request
