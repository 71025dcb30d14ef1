"""What tests of the editors' screens share: the forms as a browser would send them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.hooks import search_for_hooks


def screen(model: Any, name: str, *arguments: Any) -> str:
    """Return the address of a screen of `model` (`list`, `edit`, `delete` …)."""
    # Screens are registered when the first request comes.
    search_for_hooks()
    return reverse(model.snippet_viewset.get_url_name(name), args=arguments)


def form_data(html: str, form: str = "form[data-edit-form]") -> dict[str, list[str]]:
    """Return what a browser sends for the form that the selector `form` finds, without pressing a button."""
    found = BeautifulSoup(html, "html.parser").select_one(form)
    assert found is not None, f"no {form} in the page"
    data: dict[str, list[str]] = {}
    for field in found.select("input[name], select[name], textarea[name]"):
        if field.find_parent("template") is not None or field.has_attr("disabled"):
            continue
        kind = field.get("type", "")
        if field.name == "select":
            values = [option.get("value", "") for option in field.select("option[selected]")]
            if not values and not field.has_attr("multiple") and field.select_one("option"):
                values = [field.select_one("option").get("value", "")]
        elif kind in ("checkbox", "radio"):
            values = [field.get("value", "on")] if field.has_attr("checked") else []
        elif kind in ("submit", "button", "file"):
            continue
        else:
            values = (
                [field.text.removeprefix("\n").replace("\n", "\r\n")]
                if field.name == "textarea"
                else [field.get("value", "")]
            )
        if values:
            data.setdefault(field["name"], []).extend(values)
    return data


def messages(response: Any) -> str:
    """Return what the answer puts on the next page."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def press(client: Client, url: str, button: str = "", **changes: Any) -> Any:
    """Open the form at `url`, change fields, press `button` (its name) and return the answer (a redirect, if all went
    well: the page that follows is not drawn, because these pages are slow to draw).
    """
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    data = form_data(page.content.decode())
    data.update({name: value if isinstance(value, list) else [value] for name, value in changes.items()})
    if button:
        data[button] = ["1"]
    return client.post(url, data)
