"""The door through which upper apps add to the practices: overviews of the four categories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Overview:
    """The editorial text on a category: rendered body, address of its own page, and its language where it is not the
    reader's ("" otherwise). The body comes from the one renderer of texts or blocks, never from a request.
    """

    title: str
    body: SafeString
    url: str = ""
    language: str = ""


Provider = Callable[[str, Any], Overview | None]
_providers: list[Provider] = []


def register_overviews(provider: Provider) -> None:
    """Add a provider: a function from a category's code and the request to its overview, or None."""
    if provider not in _providers:
        _providers.append(provider)


def overview_of(category: str, request: Any) -> Overview | None:
    """Return the first overview that a provider has for `category`, as the reader of `request` may see it."""
    for provider in _providers:
        found = provider(category, request)
        if found is not None:
            return found
    return None
