"""What does not break of itself: long words, web addresses, large text. Nothing may scroll sideways or lie on another.

`large_text` is a browser whose user asked for letters of twice the size: media queries follow it, as with a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from directory.models import Hotline
from platform_site.records.services import publish_record
from tests.factories import build_organisation, make_chart, make_network, make_organisation, make_page, make_service
from tests.harness.browser import LAUNCH_ARGUMENTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewContext = Callable[..., BrowserContext]

ADDRESS = "https://www.example.org/publications/return-and-social-inclusion/2010/final-report-of-the-project_v2.pdf"
WORD = "Unterbringungsmöglichkeitenverzeichnis" * 2
LONG = f"{ADDRESS} and {WORD}, [see there]({ADDRESS}). "
PATHS = (
    "",
    "directory/",
    "directory/?view=table",
    "directory/house/",
    "countries/",
    "countries/AZ/",
    "networks/net/",
    "practices/",
    "practices/1/",
    "practices/compare/?chart=1&chart=2&chart=3&chart=4",
    "practices/categories/a/",
    "practices/categories/b/",
    "work/",
    "safety/",
    "accounts/login/",
)


@pytest.fixture
def site() -> None:
    """Records and pages that are full of what does not break."""
    house = build_organisation(
        name=f"House {WORD}",
        slug="house",
        country="AZ",
        website=ADDRESS,
        description=LONG,
        services=[make_service("legal_information", conditions=LONG, hours=WORD, evidence="handbook, line 1662")],
    )
    house.hotlines = [Hotline(number="+994 12 555 01 32", hours=WORD)]
    publish_record(record=house)
    make_network("Net", [house])
    others = [make_organisation(country=country) for country in ("BA", "CH", "GB")]
    for number, owner in enumerate([house, *others], start=1):
        make_chart(
            chart_no=number,
            name=f"Chart {number} {WORD}",
            categories="A",
            country="AZ",
            organisations=[owner],
            funding=[
                ("First fund", "foundation", 40),
                ("Second", "foundation", 30),
                ("Third", "foundation", 20),
                ("Fourth", "foundation", 10),
            ],
            text={"strengths": f"- {LONG}", "weaknesses": f"- {LONG}", "background": LONG, "tools": f"- {LONG}"},
        )
    body = [("text", LONG), ("table", {"caption": WORD, "rows": f"Word|Address\n{WORD}|{ADDRESS}"})]
    notes = [("notes", {"notes": [{"mark": "1", "text": LONG}]})]
    for values in ({"slug": "work"}, {"slug": "b", "kind": "category_overview", "category": "B"}):
        page = make_page("A page", source=ADDRESS, **values)
        page.body = [*body, *notes]
        page.save_revision().publish()


@pytest.fixture
def large_text(browser: Browser, chromium: str) -> Iterator[Page]:
    """A page in a browser whose user set the letters to twice the size."""
    arguments = [*LAUNCH_ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    instance = browser.browser_type.launch(executable_path=chromium, args=arguments)
    yield instance.new_page(viewport={"width": 1280, "height": 800})
    instance.close()


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def broken(page: Page, selector: str) -> list[str]:
    """Return the texts whose longest word is wider than their box: it runs over the edge or breaks anywhere."""
    return list(
        page.eval_on_selector_all(
            selector,
            """elements => elements.filter(element => {
                element.style.overflowWrap = "normal"; element.style.hyphens = "manual";
                return element.scrollWidth > element.clientWidth + 1;
            }).map(element => element.textContent.trim())""",
        )
    )


@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.long)])
def test_long_words_and_addresses_break(
    live_server: LiveServer, new_context: NewContext, site: None, language: str
) -> None:
    page = new_context(viewport={"width": 320, "height": 700}).new_page()
    for path in PATHS:
        page.goto(f"{live_server.url}/{language}/{path}")
        assert too_wide(page) <= 0, path


@pytest.mark.long
def test_text_of_twice_the_size_fits(live_server: LiveServer, large_text: Page, site: None) -> None:
    for width in (640, 1280):
        large_text.set_viewport_size({"width": width, "height": 800})
        for path in PATHS:
            large_text.goto(f"{live_server.url}/de/{path}")
            assert too_wide(large_text) <= 0, (path, width)


def test_labels_of_large_text_stay_whole(live_server: LiveServer, large_text: Page, site: None) -> None:
    large_text.goto(f"{live_server.url}/de/directory/")
    assert broken(large_text, ".result-facts dt") == []


def test_a_plate_beside_large_text_lies_on_nothing(live_server: LiveServer, large_text: Page, site: None) -> None:
    large_text.goto(f"{live_server.url}/de/practices/compare/?chart=1&chart=2")
    gaps = large_text.eval_on_selector_all(
        ".compare tbody td .compare-mark",
        "marks => marks.map(mark => mark.nextElementSibling.getBoundingClientRect().left - "
        "mark.getBoundingClientRect().right)",
    )
    assert gaps
    assert min(gaps) >= 0


def test_the_name_of_a_country_never_runs_into_its_number(
    live_server: LiveServer, new_context: NewContext, site: None
) -> None:
    page = new_context(viewport={"width": 360, "height": 700}).new_page()
    page.goto(f"{live_server.url}/de/")
    wide = page.eval_on_selector_all(
        ".country-list a", "links => links.filter(link => link.scrollWidth > link.clientWidth).map(link => link.text)"
    )
    assert wide == []


def test_what_sticks_of_a_comparison_is_small_and_keeps_its_rule(
    live_server: LiveServer, new_context: NewContext, site: None
) -> None:
    page = new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{live_server.url}/en/practices/compare/?chart=1&chart=2&chart=3&chart=4")
    page.mouse.wheel(0, 1500)
    page.wait_for_function("window.scrollY > 1000")
    head = page.locator(".compare-short").nth(1)
    box, strip = head.bounding_box(), page.locator(".strip").bounding_box()
    assert box
    assert strip
    assert abs(box["y"] - strip["y"] - strip["height"]) <= 1
    assert box["height"] <= 60
    assert head.evaluate("cell => getComputedStyle(cell).borderBottomWidth") == "2px"
    assert head.evaluate("cell => getComputedStyle(cell.closest('table')).borderCollapse") == "separate"


def test_on_a_phone_the_head_names_each_chart_with_its_mark(
    live_server: LiveServer, new_context: NewContext, site: None
) -> None:
    page = new_context(viewport={"width": 360, "height": 700}).new_page()
    page.goto(f"{live_server.url}/en/practices/compare/?chart=1&chart=2")
    heads = page.locator(".compare thead :is(th, td)").all()
    seen = sorted((box["y"], head.inner_text()) for head in heads if (box := head.bounding_box()))
    words = [text for _top, text in seen if text.strip() and "Add a chart" not in text]
    assert [
        ("Chart 1" in text, "chart 1" in text, "Chart 2" in text, "chart 2" in text).index(True) for text in words
    ] == [
        0,
        1,
        2,
        3,
    ]


def test_four_funders_differ_on_paper(live_server: LiveServer, new_context: NewContext, site: None) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/en/practices/1/")
    page.emulate_media(media="print")
    fills = page.eval_on_selector_all(
        ".chart-fields .funding-bar > rect:not(.gap)", "parts => parts.map(part => getComputedStyle(part).fill)"
    )
    assert len(fills) == 4
    assert len(set(fills)) == 4
    assert not page.locator(".rail .is-in-fields").first.is_visible()


def test_the_contents_of_a_chart_stick_whole_or_not_at_all(
    live_server: LiveServer, new_context: NewContext, site: None
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    for height, sticks in ((900, True), (600, False)):
        page.set_viewport_size({"width": 1280, "height": height})
        page.goto(f"{live_server.url}/en/practices/1/")
        page.mouse.wheel(0, 2500)
        page.wait_for_function("window.scrollY > 1500")
        box = page.locator(".contents").bounding_box()
        assert box
        assert (box["y"] >= 0 and box["y"] + box["height"] <= height) is sticks, height


def test_a_country_on_a_phone_begins_with_whom_to_call(
    live_server: LiveServer, new_context: NewContext, site: None
) -> None:
    page = new_context(viewport={"width": 360, "height": 700}).new_page()
    page.goto(f"{live_server.url}/en/countries/AZ/")
    tops = {}
    for heading in ("Hotline", "Organisations", "Practice charts", "Networks"):
        box = page.get_by_role("heading", name=heading, exact=True).first.bounding_box()
        assert box, heading
        tops[heading] = box["y"]
    assert sorted(tops, key=lambda heading: tops[heading]) == [
        "Hotline",
        "Organisations",
        "Practice charts",
        "Networks",
    ]
    counts = page.locator(".counts dd")
    assert counts.count() == page.locator(".counts dd > a").count()
