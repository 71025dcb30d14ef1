"""Lists of the editors' screens: filters, search, files, and what they cost."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook
from wagtail.admin.ui.tables import UpdatedAtColumn

from directory.models import Network, Organisation
from platform_site.records.admin_views_lists import numbers_only
from platform_site.records.services import save_draft, withdraw_record
from practices.models import PracticeChart
from tests.factories import make_chart, make_draft_organisation, make_organisation, make_user
from tests.records.screens import screen

pytestmark = pytest.mark.django_db


def names(response: Any) -> set[str]:
    return {str(record) for record in response.context["object_list"]}


def test_keys_that_are_no_numbers_are_none() -> None:
    assert numbers_only(["7", "x", "", "-1", "٣", "9" * 30, 4]) == [7, 4]


def test_files_hold_every_row_and_no_formula(client_for) -> None:
    make_organisation(name="=HYPERLINK(A1)", short_name="@you", languages=["ro", "en"])
    make_draft_organisation(name="Draft\x0b House")
    client = client_for("editor")
    text = b"".join(client.get(screen(Organisation, "list") + "?export=csv").streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(A1)" in text
    assert "'@you" in text
    assert "Draft House" in text
    assert "ro;en" in text
    answer = client.get(screen(Organisation, "list") + "?export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "'=HYPERLINK(A1)" in cells
    assert sheet.max_row == 3


def test_filters_of_state_author_and_translation(client_for) -> None:
    editor = make_user("editor")
    live = make_organisation(name="Live")
    changed = make_organisation(name="Changed")
    changed.short_name = "More"
    save_draft(record=changed, user=editor)
    make_draft_organisation(name="Draft", author=editor)
    gone = make_organisation(name="Gone", description="")
    withdraw_record(record=gone, user=None, reason="Closed.")
    from django.test import Client

    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    url = screen(Organisation, "list")
    expected = {
        "state=published": {"Live", "Changed"},
        "state=changed": {"Changed"},
        "state=draft": {"Draft"},
        "state=withdrawn": {"Gone"},
        "author=me": {"Changed", "Draft"},
        "untranslated=fr": {"Live", "Changed"},
        "untranslated=en": set(),
        "audience=members": set(),
        "state=nonsense": {"Live", "Changed", "Draft", "Gone"},
        "q=liv": {"Live"},
    }
    for query, wanted in expected.items():
        assert names(client.get(f"{url}?{query}")) == wanted, query
    assert live.live


def test_charts_are_found_once_by_any_of_their_names(client_for) -> None:
    chart = make_chart(name="Harbour walk", translations={"fr": {"name": "Harbour walk, version"}})
    make_chart(name="Night bus")
    found = client_for("editor").get(screen(PracticeChart, "list") + "?q=harbour").context["object_list"]
    assert list(found) == [chart]


def test_the_chooser_finds_by_name_and_leaves_out_what_was_withdrawn(client_for) -> None:
    make_organisation(name="Night Shift")
    gone = make_organisation(name="Night Bus")
    withdraw_record(record=gone, user=None, reason="Closed.")
    client = client_for("editor")
    page = client.get("/admin/snippets/choose/directory/organisation/results/?q=night").content.decode()
    assert "Night Shift" in page
    assert "Night Bus" not in page


@pytest.mark.parametrize(
    ("model", "make"), [(Organisation, make_organisation), (PracticeChart, make_chart)], ids=["organisations", "charts"]
)
def test_a_list_costs_the_same_with_more_rows(client_for, model, make) -> None:
    client, url = client_for("editor"), screen(model, "list")

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    for _number in range(2):
        make()
    before = cost()
    for _number in range(5):
        make()
    assert cost() == before


def test_networks_are_listed_with_their_kind(client_for) -> None:
    save_draft(record=Network(name="Net", slug="net"))
    assert names(client_for("editor").get(screen(Network, "list"))) == {"Net"}


def test_the_heading_of_the_last_change_is_in_the_language_of_the_editor(client_for) -> None:
    column = next(column for column in Organisation.snippet_viewset.list_display if isinstance(column, UpdatedAtColumn))
    with translation.override("de"):
        assert str(column.label) != "Updated"
