"""Template tags of the account screens (`{% load accounts %}`)."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.forms import BaseForm

register = template.Library()


@register.filter
def without_placeholders(form: BaseForm | None) -> BaseForm | None:
    """Return the form without the grey words in its controls: they repeat the label, and vanish when one types."""
    if form is not None:
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
    return form


BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """Return the browser and the system that a browser's long name for itself speaks of.

    >>> device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or user_agent[:40] or "–"


@register.simple_tag
def contact_email() -> str:
    """Return the address of the secretariat."""
    address: str = settings.CONTACT_EMAIL
    return address
