"""Template tags of editorial texts (`{% load blocks %}`)."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from platform_site.blocks import figures, reading

register = template.Library()


def reader_of(context: Context) -> Any:
    """Return the reader of the page, None where there is no request: the public."""
    return getattr(context.get("request"), "user", None)


@register.simple_tag(takes_context=True)
def figure(context: Context, name: str) -> str:
    """Write the computed figure `name` as the reader may know it."""
    return figures.shown(name, reader_of(context))


@register.simple_tag(takes_context=True)
def reading_text(context: Context, source: str) -> SafeString:
    """Write a formatted text with its figures, links and notes."""
    return reading.reading_text(source or "", reader_of(context), context.get("note_scope") or "")


@register.simple_tag(takes_context=True)
def reading_line(context: Context, source: str) -> SafeString:
    """Write a short formatted text without a paragraph round it."""
    return reading.reading_line(source or "", reader_of(context), context.get("note_scope") or "")
