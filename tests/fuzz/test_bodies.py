"""Form bodies of the editors' screens with one field gone, one with nonsense, one with more than fits.

Each screen is opened, its form is sent back as a browser would, changed in one place. No answer is a server error.
"""

from __future__ import annotations

import random
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from library.models import GuideListPage
from newsletters.models import NewsListPage
from platform_site.records.comments import write_comment
from tests.directory.profiles import fact, make_profile
from tests.factories import make_case, make_chart, make_draft_organisation, make_page, make_user
from tests.library.guiding import make_guide
from tests.library.making import make_document

pytestmark = [pytest.mark.long, pytest.mark.django_db]

SEED = 20261122
# Of one kind of change on one screen: the largest forms have hundreds of fields that differ in a number only.
MOST = 12
NO_ROW = "99999999999999999999"
NONSENSE = ("zz", "999999999", NO_ROW, "-1", "\x00", "2026-02-31")
TOO_LONG = ("x" * 70_000, "a@" + "b." * 150 + "example.org", "https://example.org/" + "x" * 5000)
SCREENS = [
    "/admin/pages/{page}/edit/",
    "/admin/pages/{page}/copy/",
    "/admin/pages/{page}/move/",
    "/admin/pages/{page}/delete/",
    "/admin/pages/{page}/unpublish/",
    "/admin/pages/{page}/privacy/",
    "/admin/pages/{home}/edit/",
    "/admin/pages/add/home/plainpage/{home}/",
    "/admin/pages/add/library/guidepage/{guides}/",
    "/admin/pages/add/library/chapterpage/{guide}/",
    "/admin/pages/{guide}/edit/",
    "/admin/pages/add/newsletters/newspage/{news}/",
    "/admin/organisations/add/",
    "/admin/organisations/edit/{organisation}/",
    "/admin/organisations/comments/{organisation}/",
    "/admin/practices/add/",
    "/admin/practices/edit/{chart}/",
    "/admin/case-studies/add/",
    "/admin/case-studies/edit/{case}/",
    "/admin/library/add/",
    "/admin/library/edit/{document}/",
    "/admin/instrument-parties/add/",
    "/admin/procedure-notes/add/",
    "/admin/networks/add/",
    "/admin/programmes/add/",
    "/admin/country-profiles/add/",
    "/admin/country-profiles/edit/{profile}/",
    "/admin/indicators/new/",
    "/admin/terms/add/",
    "/admin/documents/add/",
    "/admin/images/add/",
    "/admin/collections/add/",
    "/admin/users/new/",
    "/admin/users/edit/{user}/",
    "/admin/groups/new/",
    "/admin/redirects/add/",
    "/admin/sites/new/",
    "/admin/workflows/tasks/add/home/reviewtask/",
    "/admin/workflows/add/",
    "/admin/account/",
]
# Addresses that take a body and show no form of their own.
WITHOUT_FORM = [
    ("/admin/pages/{page}/edit/preview/", "/admin/pages/{page}/edit/"),
    ("/admin/pages/add/home/plainpage/{home}/preview/", "/admin/pages/add/home/plainpage/{home}/"),
    ("/admin/organisations/preview/{organisation}/", "/admin/organisations/edit/{organisation}/"),
]


class Fields(HTMLParser):
    """What a browser would send of all forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.choices: set[str] = set()
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name = values.get("name", "")
        if name and (tag == "select" or values.get("type") in {"checkbox", "radio"}):
            self.choices.add(name)
        if tag == "input" and name and values.get("type") not in {"submit", "button", "file"}:
            if values.get("type") not in {"checkbox", "radio"} or "checked" in values:
                self.found[name] = values.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in values or self._select not in self.found:
                self.found[self._select] = values.get("value", "")
        elif tag == "textarea" and name:
            self._textarea = name
            self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.found[self._textarea] += data


@pytest.fixture
def keys() -> dict[str, int]:
    """The rows that the screens are tried on."""
    page = make_page("A page", slug="a-page")
    organisation = make_draft_organisation()
    write_comment(record=organisation, user=make_user("reviewer"), text="Since when?", path="founded")
    return {
        "page": page.pk,
        "guides": GuideListPage.objects.get(locale__language_code="en").pk,
        "guide": make_guide(chapters=0).pk,
        "news": NewsListPage.objects.get(locale__language_code="en").pk,
        "home": page.get_parent().pk,
        "organisation": organisation.pk,
        "chart": make_chart().pk,
        "case": make_case().pk,
        "document": make_document().pk,
        "user": make_user("editor").pk,
        "profile": make_profile("RO", [fact("reflection_period", "yes")]).pk,
    }


def bodies(fields: dict[str, str], choices: set[str]) -> list[tuple[str, dict[str, str]]]:
    """Return changed copies of a body, each with what was changed; each of the `choices` is a row that cannot be."""
    random_ = random.Random(SEED)
    # What Wagtail's script adds to a body of blocks when it builds the form.
    full = {
        **fields,
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
    }
    full["body-0-value"] = "Words."
    names = sorted(name for name in full if name != "csrfmiddlewaretoken")
    some = lambda: random_.sample(names, min(MOST, len(names)))  # noqa: E731  drawn anew for each kind of change
    changed: list[tuple[str, dict[str, str]]] = [("nothing", {}), ("whole", full)]
    managed = [
        name for name in names if name.endswith(("_FORMS", "-count", "-order", "-type", "-deleted", "revision_id"))
    ]
    for name in sorted({*some(), *managed}):
        changed.append((f"without {name}", {key: value for key, value in full.items() if key != name}))
    for name in sorted({*some(), *managed}):
        wrong = random_.choice(NONSENSE)
        changed.append((f"{name}={wrong!r}", {**full, name: wrong}))
    for name in random_.sample(sorted(choices), min(MOST, len(choices))):
        changed.append((f"no row {name}", {**full, name: NO_ROW}))
    for name in some():
        changed.append((f"long {name}", {**full, name: random_.choice(TOO_LONG)}))
    return changed


def failures(client: Client, address: str, form: str) -> list[str]:
    shown = client.get(form)
    assert shown.status_code == 200, form
    reader = Fields()
    text = shown.json()["html"] if shown["Content-Type"].startswith("application/json") else shown.content.decode()
    reader.feed(text)
    return [
        what for what, body in bodies(reader.found, reader.choices) if client.post(address, body).status_code >= 500
    ]


@pytest.mark.parametrize(("address", "form"), [*((screen, screen) for screen in SCREENS), *WITHOUT_FORM])
def test_no_body_ends_in_a_server_error(address: str, form: str, keys: dict[str, int], client_for: Any) -> None:
    client = client_for("administrator")
    client.raise_request_exception = False
    assert failures(client, address.format(**keys), form.format(**keys)) == [], f"seed {SEED}"
