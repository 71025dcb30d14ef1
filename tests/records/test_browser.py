"""The editors' screens in a real browser: both themes can be read, and the lists of a form fill themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from directory.models import Organisation
from platform_site.accounts.models import User
from platform_site.records.comments import write_comment
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import term_id, vocabulary
from tests.browser.findings import findings
from tests.factories import make_case, make_chart, make_organisation, make_service, make_user
from tests.library.making import make_document
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


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_both_themes_can_be_read(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User, scheme: str
) -> None:
    organisation = make_organisation(services=[make_service("shelter"), make_service("legal_aid")])
    chart = make_chart(organisations=[organisation])
    write_comment(record=organisation, user=editor, text="Which number is right?", path="name")
    page = signed_in(new_context(color_scheme=scheme), live_server, editor)
    addresses = [
        "/admin/",
        screen(Organisation, "list"),
        screen(Organisation, "edit", organisation.pk),
        screen(type(chart), "edit", chart.pk),
        screen(Organisation, "confirm", organisation.pk),
        screen(Organisation, "comments", organisation.pk),
    ]
    found = {}
    for address in addresses:
        page.goto(live_server.url + address)
        page.wait_for_selector(".sidebar-main-menu")
        found[address] = findings(page, "color-contrast")
    assert not any(found.values()), found


# What reaches beyond the window, and stands in nothing that can be moved sideways. Wagtail's map and side panel lie
# beside the window on purpose until they are opened; its breadcrumbs and their menu are folded.
CUT_OFF = """() => [...document.querySelectorAll("main *")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      if (!box.width || box.right <= innerWidth + 1 || element.closest(".w-minimap, .form-side, header")) return false;
      for (let around = element; around.tagName !== "MAIN"; around = around.parentElement)
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(around).overflowX)) return false;
      return true;
    })
    .map((element) => `${element.tagName}.${element.className} ends at ${element.getBoundingClientRect().right}`)"""


# Every kind of screen, drawn whole: a quarter of a minute.
@pytest.mark.long
def test_nothing_is_cut_off_in_a_narrow_window(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    service = make_service("residence_support", name="Permits, reflection period and the way through the offices")
    organisation = make_organisation(services=[service, make_service("legal_aid")])
    chart = make_chart(organisations=[organisation])
    text = chart.texts.all()[0]
    text.name = f"{text.name}, see https://example.org/reports/2026/how-the-harvest-went-and-who-came/"
    chart.texts = [text]
    chart.save_revision()
    case, document = make_case(), make_document(kind="meeting_record")
    write_comment(
        record=chart, user=editor, text=f"See https://example.org/{'x' * 80}", path="texts.name", language="en"
    )
    page = signed_in(new_context(viewport={"width": 360, "height": 760}), live_server, editor)
    addresses = {
        "desk": "/admin/",
        "list": screen(Organisation, "list"),
        "terms": screen(Term, "list"),
        "organisation": screen(Organisation, "edit", organisation.pk) + "#tab-services",
        "chart": screen(type(chart), "edit", chart.pk) + "#tab-texts",
        "comparison": screen(type(chart), "revisions_compare", chart.pk, "earliest", "latest"),
        "comments": screen(type(chart), "comments", chart.pk),
        "case study": screen(type(case), "edit", case.pk),
        "document": screen(type(document), "edit", document.pk),
    }
    found = {}
    for name, address in addresses.items():
        page.goto("about:blank")
        page.goto(live_server.url + address)
        page.wait_for_selector(".sidebar-nav-toggle")
        found[name] = page.evaluate(CUT_OFF)
        if name == "organisation":
            heading = page.locator("#inline_child_services-0-panel-section .w-panel__heading").first
            assert heading.evaluate("(element) => element.scrollWidth <= element.clientWidth"), "a heading is cut off"
    assert not any(found.values()), found


def test_a_comment_leads_to_its_field_and_the_link_of_a_field_loses_nothing(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    chart = make_chart(organisations=[make_organisation()])
    write_comment(record=chart, user=editor, text="Since when?", path="texts.background", language="en")
    page = signed_in(new_context(), live_server, editor)
    page.goto(live_server.url + screen(type(chart), "comments", chart.pk))
    expect(page.locator("#id_text ~ .words-counter")).to_have_text("0 of 2000 characters")
    page.get_by_role("link", name="Go to the field").click()
    link = page.locator("#comment-on-texts-background-en")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.locator("[name=texts-0-background]").fill("Typed and not saved")
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.locator("select[name=about]")).to_have_value("texts.background:en")
    expect(page.locator("[name=texts-0-background]")).to_have_value("Typed and not saved")
    # From the panel at the side, with another tab of the form open.
    page.locator("[role=tab]").first.click()
    expect(link).to_be_hidden()
    page.locator("[data-side-panel-toggle=record-comments]").click()
    page.locator(".comments-side a[href^='#']").click()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


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


def rows_page(context: BrowserContext, live_server: LiveServer, editor: User) -> Page:
    """The services of an organisation that has two: a shelter, then legal aid."""
    organisation = make_organisation(services=[make_service("shelter"), make_service("legal_aid")])
    page = signed_in(context, live_server, editor)
    page.goto(live_server.url + screen(Organisation, "edit", organisation.pk) + "#tab-services")
    return page


def kinds_in_order(page: Page) -> list[str]:
    """The kinds of the rows as they stand on the page, by the headings; the deleted ones left out."""
    rows = page.locator("#id_services-FORMS > :not(.deleted) > section > div:first-child [data-panel-heading-text]")
    return [" ".join(text.split()) for text in rows.all_inner_texts()]


def test_rows_are_added_moved_and_deleted(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    page = rows_page(new_context(), live_server, editor)
    assert kinds_in_order(page) == ["Service 1: Shelter", "Service 2: Legal aid and representation"]
    page.locator("#inline_child_services-1 [data-inline-panel-child-move-up]").click()
    expect(page.locator("#id_services-FORMS > :first-child")).to_have_id("inline_child_services-1")
    page.get_by_role("button", name="Add Service").click()
    kind = page.locator("select[name=services-2-service_type]")
    kind.locator("option").nth(len(vocabulary("service_types").offered())).wait_for(state="attached")
    kind.select_option(str(term_id("service_types", "interpreting")))
    page.locator("#id_services-0-DELETE-button").click()
    expect(page.locator("#inline_child_services-0")).to_be_hidden()
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()
    assert kinds_in_order(page) == ["Service 1: Legal aid and representation", "Service 2: Interpreting"]


def test_a_row_that_was_moved_still_adds_one_row(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    """A move takes the row out of the page for a moment: what started the rows within it must not do so again."""
    page = rows_page(new_context(), live_server, editor)
    page.evaluate(
        "() => { const rows = document.querySelector('#id_services-FORMS'); rows.parentElement.append(rows) }"
    )
    page.get_by_role("button", name="Add Service").click()
    page.wait_for_timeout(200)
    assert page.locator("#id_services-FORMS > *").count() == 3


def test_rows_fold_and_open(new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User) -> None:
    page = rows_page(new_context(), live_server, editor)
    region = page.locator("[name=services-0-region]")
    fold = page.locator("#inline_child_services-0-panel-section [data-panel-toggle]")
    expect(region).to_be_hidden()
    fold.click()
    expect(region).to_be_visible()
    fold.click()
    expect(region).to_be_hidden()


def test_rows_within_a_row_that_was_added_start_too(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, editor: User
) -> None:
    """No form has rows within rows so far; those of the hotlines stand in for them here, under a service's prefix."""
    page = rows_page(new_context(), live_server, editor)

    def within(route: Route) -> None:
        answer = route.fetch()
        html = answer.text()
        start = html.index('<input type="hidden" name="hotlines-TOTAL_FORMS"')
        end = html.index("</div>", html.index('id="id_hotlines-ADD"')) + len("</div>")
        inner = html[start:end].replace("hotlines-", "services-__prefix__-hotlines-")
        inner = inner.replace('"id_hotlines"', '"id_services-__prefix__-hotlines"')
        mark = '<template id="id_services-EMPTY_FORM_TEMPLATE">'
        # Within the row: the last row of the panel is what Wagtail takes for the one that was added.
        head, template = html.split(mark)
        row, rest = template.split("</template>", 1)
        at = row.rindex("</div>")
        route.fulfill(response=answer, body=f"{head}{mark}{row[:at]}{inner}{row[at:]}</template>{rest}")

    page.route("**/edit/**", within)
    page.reload()
    page.get_by_role("button", name="Add Service").click()
    add = page.locator("#id_services-2-hotlines-ADD")
    add.click()
    add.click()
    expect(page.locator("[name=services-2-hotlines-1-number]")).to_be_visible()
    assert page.locator("#id_services-2-hotlines-FORMS > *").count() == 2
    page.locator("#id_services-2-hotlines-0-DELETE-button").click()
    expect(page.locator("#inline_child_services-2-hotlines-0")).to_be_hidden()
