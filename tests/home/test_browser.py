"""Home page, plain page and the account screens in a real browser: axe, widths, no script, the second factor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from platform_site.accounts.models import User
from platform_site.accounts.services import open_account
from tests.accounts.test_sign_in import PASSWORD, six_digits
from tests.browser.findings import findings, walk
from tests.factories import make_chart, make_organisation, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERY_BLOCK = [
    ("text", "Some words, {{figure:organisations}} organisations, a note[^1]."),
    ("heading", {"text": "First", "level": "2"}),
    ("quote", {"text": "Said.", "source": "Somebody"}),
    ("definition", {"term": "Focal point", "text": "The person whom one calls."}),
    ("heading", {"text": "Second", "level": "2"}),
    ("callout", {"kind": "note", "title": "Take care", "text": "Codes."}),
    ("callout", {"kind": "safety", "title": "Safe", "text": "No names."}),
    ("checklist", {"title": "Before a return", "items": ["Papers ready"]}),
    ("heading", {"text": "Third", "level": "2"}),
    ("figure", {"name": "services", "label": ""}),
    ("links", {"title": "Read on", "links": [{"label": "Directory", "address": "/directory/", "note": "all"}]}),
    ("heading", {"text": "Fourth", "level": "2"}),
    ("heading", {"text": "A part", "level": "3"}),
    ("table", {"caption": "Ages", "rows": "Word|Months\nConfirmed|6"}),
    ("notes", {"notes": [{"mark": "1", "text": "A note."}]}),
]
PUBLIC = ("/en/", "/de/work/", "/en/accounts/login/", "/en/accounts/password/reset/", "/en/accounts/signup/")
INSIDE = ("2fa/", "sessions/", "email/", "password/change/", "logout/", "reauthenticate/")


@pytest.fixture
def site() -> None:
    """A little of everything."""
    for country in ("IT", "RO", "NG"):
        make_organisation(country=country)
    make_chart()
    page = make_page("How we work", slug="work", kind="about", source="The secretariat")
    page.body = EVERY_BLOCK
    page.save_revision().publish()


@pytest.fixture
def member() -> User:
    return open_account(email="ada@example.org", name="Ada", password=PASSWORD)


def sign_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/accounts/login/")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), pytest.param(320, "dark", marks=pytest.mark.long)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    live_server: LiveServer,
    new_context: Callable[..., BrowserContext],
    site: None,
    member: User,
    width: int,
    scheme: str,
) -> None:
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    assert walk(page, [live_server.url + path for path in PUBLIC]) == {}
    sign_in(page, live_server)
    assert walk(page, [f"{live_server.url}/en/accounts/{path}" for path in INSIDE]) == {}


def test_the_finder_works_without_script(
    live_server: LiveServer, new_context: Callable[..., BrowserContext], site: None
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/")
    page.get_by_label("Country").select_option("RO")
    page.get_by_role("button", name="Show organisations").click()
    assert page.url.endswith("/en/directory/?country=RO") or "country=RO" in page.url
    assert page.locator("h1").count() == 1


def test_the_languages_lead_to_the_same_page(
    live_server: LiveServer, new_context: Callable[..., BrowserContext], site: None
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/work/")
    page.locator(".header .languages-fold > summary").click()
    page.locator(".header .languages-fold").get_by_text("Italiano").click()
    assert page.url == f"{live_server.url}/it/work/"
    assert page.locator("h1").get_attribute("lang") == "en"


def test_the_second_factor_is_set_up_with_the_picture(
    live_server: LiveServer, new_context: Callable[..., BrowserContext], member: User
) -> None:
    page = new_context().new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/en/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    # Waits until the picture is there, and fails where it is none.
    width = page.locator("img.qr-code").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    assert width > 0
    assert findings(page) == []
    page.locator("#id_code").fill(six_digits(page.get_by_label("Secret").input_value()))
    page.get_by_role("button", name="Switch on").click()
    assert page.locator(".recovery-codes li").count() == 10
    assert findings(page) == []
    assert Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).exists()
