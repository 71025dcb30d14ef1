"""The style sheets of the pages that the crawl of the smoke suite leaves out."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from tests.ui.sheets import SHEETS, findings, sheets

pytestmark = pytest.mark.django_db

PAGES = [
    *(("anonymous", path) for path in ("login/", "password/reset/", "password/reset/done/")),
    *(
        ("member", path)
        for path in ("password/change/", "email/", "2fa/", "2fa/totp/activate/", "sessions/", "logout/")
    ),
    *(("editor", path) for path in ("2fa/", "reauthenticate/")),
]


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_the_pages_of_an_account_have_their_sheets_within_the_budget(client_for: Any, role: str, path: str) -> None:
    html = client_for(role).get(f"/en/accounts/{path}", follow=True).content.decode()
    assert findings(html) == []
    assert "accounts" in sheets(html)


def test_the_page_of_a_site_that_is_down_has_its_sheets_within_the_budget() -> None:
    html = render_to_string("safety/static_page.html", {"messages": [{"language": "en", "heading": "Down"}]})
    assert sheets(html)
    assert findings(html) == []


def test_a_page_without_a_sheet_that_it_needs_is_found() -> None:
    html = '<link rel="stylesheet" href="/static/css/pages.css"><p class="timeline-text results">Step</p>'
    assert findings(html) == ["needs cases.css for ['timeline-text']"]


def test_a_page_with_more_than_the_budget_is_found() -> None:
    html = "".join(f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in SHEETS)
    assert len(findings(html)) == 1
    assert findings(html)[0].endswith(" bytes")


def test_a_shape_that_no_sheet_paints_is_found() -> None:
    drawing = '<svg><rect class="fill-1"/><rect class="frill"/></svg>'
    html = f'<link rel="stylesheet" href="/static/css/components.css">{drawing}'
    assert findings(html) == ["no sheet paints ['frill']: such a shape is black"]
