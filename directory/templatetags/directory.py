"""Template tags of the directory that pages of other apps use too."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from directory.finder import TASKS, finder_fields
from platform_site.vocabulary.store import vocabulary

register = template.Library()


@register.inclusion_tag("directory/finder.html", takes_context=True)
def finder(context: Context) -> dict[str, Any]:
    """Draw the finder: four fields and a button that lead to the list, below it ways in by task."""
    request = context.get("request")
    action = reverse("directory:organisation_list")
    return {
        "action": action,
        "fields": finder_fields(getattr(request, "user", None)),
        "tasks": [(label, f"{action}?service={service}") for label, service in TASKS],
    }


@register.simple_tag
def country_name(code: str) -> str:
    """Return the name of a country in the active language."""
    return vocabulary("countries").label(code)


@register.simple_tag
def language_label(code: str) -> str:
    """Return the name of a language in the active language."""
    return vocabulary("languages").label(code)
