"""What the home page and others ask of pages and of the apps below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def home_blocks(request: HttpRequest) -> dict[str, Any]:
    """Return what the home page computes for this reader."""
    return {}
