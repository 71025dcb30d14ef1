"""What every form does in which people write texts of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict

from platform_site.texts.characters import as_typed


def typed(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a form was sent with every text as it is kept (see `as_typed`)."""
    if isinstance(data, QueryDict):
        kept = data.copy()
        for name, values in data.lists():
            kept.setlist(name, _typed(values))
        return kept
    return {name: _typed(value) for name, value in data.items()}


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return as_typed(value) if isinstance(value, str) else value


class TypedTextForm(BaseForm):
    """Takes out silently what people cannot see and paste along, out of PDF files and word processors.

    Mixed in before the outermost form: it hands what it was sent on to its rows and to the blocks of a page.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None if data is None else typed(data), *args, **kwargs)
