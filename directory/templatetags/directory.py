"""Template tags of the directory that pages of other apps use too."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from directory.finder import finder_html
from directory.pair_picker import pair_picker_html
from platform_site.vocabulary.store import vocabulary

register = template.Library()


@register.simple_tag(takes_context=True)
def finder(context: Context, brief: bool = False) -> SafeString:
    """Draw the finder: four fields and a button that lead to the list, below it ways in by task."""
    request = context.get("request")
    return finder_html(getattr(request, "user", None), brief=brief)


@register.simple_tag(takes_context=True)
def pair_picker(context: Context, origin: str = "", destination: str = "") -> SafeString:
    """Draw the form that leads to a pair of countries, with these (codes) chosen."""
    request = context.get("request")
    return pair_picker_html(getattr(request, "user", None), origin, destination)


@register.simple_tag
def country_name(code: str) -> str:
    """Return the name of a country in the active language."""
    return vocabulary("countries").label(code)


@register.simple_tag
def language_label(code: str) -> str:
    """Return the name of a language in the active language."""
    return vocabulary("languages").label(code)


@register.filter
def value_of(values: dict[str, str], key: str) -> str:
    """Return what a dictionary has for `key`, or the empty text."""
    return values.get(key, "")
