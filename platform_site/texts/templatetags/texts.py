"""Template filters of formatted text."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from platform_site.texts import formatted as formatted_text

register = template.Library()


@register.filter
def formatted(source: str | None) -> SafeString:
    """Return a formatted text as HTML."""
    return formatted_text.render(source or "")


@register.filter
def plain(source: str | None) -> str:
    """Return the words of a formatted text in one line."""
    return formatted_text.plain(source or "")


@register.filter
def items(source: str | None) -> list[str]:
    """Return the items of a bullet list."""
    return formatted_text.to_list(source or "")
