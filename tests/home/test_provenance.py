"""The line that says what a page is from stands on every kind of public page: source, language, date."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from directory.models import Hotline
from platform_site.records.services import publish_record
from tests.directory.profiles import make_profile
from tests.factories import build_organisation, make_case, make_chart, make_network, make_organisation, make_page
from tests.library.guiding import make_guide
from tests.library.making import make_document
from tests.newsletters.test_news import make_news

pytestmark = pytest.mark.django_db

COMPUTED = "computed from what is published here: "
PAGES = {
    "/en/": f"{COMPUTED}2 organisations, 2 practice charts",
    "/en/directory/": f"{COMPUTED}2 organisations",
    "/en/directory/?view=table": f"{COMPUTED}2 organisations",
    "/en/directory/?country=AL": f"{COMPUTED}2 organisations",
    "/en/networks/": f"{COMPUTED}1 network",
    "/en/programmes/": f"{COMPUTED}0 programmes",
    "/en/practices/": f"{COMPUTED}2 practice charts",
    "/en/practices/compare/?chart=1&chart=2": f"{COMPUTED}2 practice charts",
    "/en/practices/categories/a/": f"{COMPUTED}2 practice charts",
    "/en/practices/categories/b/": "The handbook",
    "/en/practices/1/": "not stated",
    "/en/countries/": f"{COMPUTED}2 organisations",
    "/en/countries/pair/": f"{COMPUTED}2 organisations",
    "/en/countries/compare/": f"{COMPUTED}1 country profile",
    "/en/practices/compare/": f"{COMPUTED}2 practice charts",
    "/en/practices/compare/?chart=1": f"{COMPUTED}2 practice charts",
    "/en/case-studies/": f"{COMPUTED}1 case study",
    "/en/library/": f"{COMPUTED}1 document",
    "/en/library/?words=nothing": f"{COMPUTED}1 document",
    "/en/guides/": f"{COMPUTED}1 guide",
    "/en/news/": f"{COMPUTED}1 news item",
    "/en/countries/RO/": "entries, networks and programmes of this directory",
    "/en/safety/": "advice that comes with the software of this site, numbers from the directory",
    "/en/work/": "The secretariat",
    "/en/directory/caller/": "entry kept by the platform",
    "/en/networks/open-table/": "entry kept by the platform",
}
DATES = {"Last change", "Last changed", "Published", "Checked", "Imported"}


@pytest.fixture
def site() -> None:
    """One or two of everything."""
    calling = build_organisation(name="Caller", slug="caller", country="RO")
    calling.hotlines = [Hotline(number="0800 800 678")]
    publish_record(record=calling)
    house = make_organisation(country="DE")
    make_network("Open Table", [house])
    for number in (1, 2):
        make_chart(chart_no=number, categories="A", organisations=[house])
    make_page("How we work", slug="work", source="The secretariat")
    make_page("B", slug="overview-b", kind="category_overview", category="B", source="The handbook")
    make_profile("AL", [])
    make_case(organisation=house)
    make_document()
    make_guide()
    make_news()
    # What a reader may not see is neither counted nor dated.
    make_organisation(country="DE", audience="members")
    make_chart(categories="A", audience="members", organisations=[house])
    make_profile("DE", [], audience="members")
    make_case(organisation=house, audience="members")
    make_document(audience="members")


def test_every_public_page_says_what_it_is_from(client: Client, site: None) -> None:
    for path, source in PAGES.items():
        page = client.get(path).content.decode()
        dateline = re.search(r'<div class="dateline">.*?</dl>', page, re.DOTALL)
        assert dateline, path
        items = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", dateline[0]))
        assert items.get("Source") == source, path
        expected = {"Language"} if path != "/en/programmes/" else set()
        assert expected <= set(items), path
        assert DATES & set(items) or path == "/en/programmes/", path


def test_members_are_told_what_was_computed_for_them(client_for: Callable[[str], Client], site: None) -> None:
    page = client_for("member").get("/en/directory/").content.decode()
    assert f"{COMPUTED}3 organisations" in page
