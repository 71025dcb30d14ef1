"""The editors' screens in a real browser: both themes can be read, and the lists of a form fill themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from directory.models import Organisation
from platform_site.accounts.models import User
from platform_site.vocabulary.store import term_id, vocabulary
from tests.browser.findings import findings
from tests.factories import make_chart, make_organisation, make_service, make_user
from tests.records.screens import screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(client: object) -> User:
    return make_user("editor")


def signed_in(context: BrowserContext, live_server: LiveServer, user: User) -> Page:
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_can_be_read(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User, scheme: str
) -> None:
    organisation = make_organisation(services=[make_service("shelter"), make_service("legal_aid")])
    chart = make_chart(organisations=[organisation])
    page = signed_in(new_context(color_scheme=scheme), live_server, editor)
    addresses = [
        "/admin/",
        screen(Organisation, "list"),
        screen(Organisation, "edit", organisation.pk),
        screen(type(chart), "edit", chart.pk),
        screen(Organisation, "confirm", organisation.pk),
    ]
    found = {}
    for address in addresses:
        page.goto(live_server.url + address)
        page.wait_for_selector(".sidebar-main-menu")
        found[address] = findings(page, "color-contrast")
    assert not any(found.values()), found


def test_the_select_of_a_row_is_filled_and_keeps_what_is_chosen(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    organisation = make_organisation(services=[make_service("shelter"), make_service("legal_aid")])
    page = signed_in(new_context(), live_server, editor)
    page.goto(live_server.url + screen(Organisation, "edit", organisation.pk) + "#tab-services")
    select = page.locator("select[name=services-1-service_type]")
    assert not select.is_visible()
    page.locator("#inline_child_services-1-panel-section [data-panel-toggle]").click()
    select.locator("option").nth(len(vocabulary("service_types").offered())).wait_for(state="attached")
    assert select.input_value() == str(term_id("service_types", "legal_aid"))


def test_what_is_no_date_is_refused_and_stays_as_it_was_typed(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    organisation = make_organisation(services=[make_service("shelter")])
    page = signed_in(new_context(), live_server, editor)
    page.goto(live_server.url + screen(Organisation, "edit", organisation.pk) + "#tab-services")
    field = page.locator("[name=services-0-capacity_as_of]")
    field.fill("ayer")
    field.press("Tab")
    page.wait_for_timeout(300)
    assert field.input_value() == "ayer"
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()
    field = page.locator("[name=services-0-capacity_as_of]")
    assert field.input_value() == "ayer"
    assert "valid date" in page.locator(".w-field--error", has=field).inner_text()
