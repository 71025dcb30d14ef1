"""The rows of a record in its form: found by their names, folded, and small enough to work with."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from directory.models import Organisation
from platform_site.vocabulary.store import term_id, vocabulary
from tests.factories import make_organisation, make_service
from tests.records.screens import form_data, screen

pytestmark = pytest.mark.django_db

# Bytes of HTML that the form of an organisation with 26 services may have.
LARGEST_FORM = 600_000


def form_of(client: Any, organisation: Any, data: Any = None) -> BeautifulSoup:
    url = screen(Organisation, "edit", organisation.pk)
    answer = client.get(url) if data is None else client.post(url, data)
    return BeautifulSoup(answer.content, "html.parser")


def row(page: BeautifulSoup, number: int) -> Tag:
    found = page.select_one(f"#inline_child_services-{number}-panel-section")
    assert found is not None
    return found


def heading(section: Tag) -> str:
    return " ".join(section.select_one("[data-panel-heading]").get_text(" ").split())


def test_rows_are_named_and_folded_where_there_are_several(client_for: Any) -> None:
    organisation = make_organisation(
        services=[make_service("shelter", name="Casa <b>"), make_service("legal_aid", languages=["ro"])]
    )
    page = form_of(client_for("editor"), organisation)
    types = vocabulary("service_types")
    assert heading(row(page, 0)) == f"Service : {types.label('shelter')} – Casa <b>"
    assert heading(row(page, 1)) == f"Service : {types.label('legal_aid')}"
    assert "collapsed" in row(page, 0)["class"]
    assert "collapsed" in row(page, 1)["class"]


def test_the_only_row_is_open_and_so_is_a_new_one(client_for: Any) -> None:
    page = form_of(client_for("editor"), make_organisation(services=[make_service("shelter")]))
    assert "collapsed" not in row(page, 0)["class"]
    fresh = page.select_one("#id_services-EMPTY_FORM_TEMPLATE section")
    assert "collapsed" not in fresh["class"]
    assert str(fresh.select_one("[data-panel-heading-text]")).endswith(
        'Service<span data-inline-panel-child-count=""></span></span>'
    )


def test_a_row_with_something_wrong_is_open_and_says_what(client_for: Any) -> None:
    organisation = make_organisation(services=[make_service("shelter"), make_service("legal_aid")])
    client = client_for("editor")
    data = form_data(str(form_of(client, organisation)))
    data["services-1-as_of"] = ["1066"]
    page = form_of(client, organisation, data)
    assert "collapsed" in row(page, 0)["class"]
    wrong = row(page, 1)
    assert "collapsed" not in wrong["class"]
    assert "1980" in wrong.select_one(".w-field--error .error-message").text
    assert wrong.select_one("[aria-invalid]")["name"] == "services-1-as_of"


def test_a_select_of_a_long_list_holds_what_is_chosen_and_the_rest_is_loaded_once(client_for: Any) -> None:
    page = form_of(client_for("editor"), make_organisation(services=[make_service("shelter")]))
    select = page.select_one("select[name=services-0-service_type]")
    chosen = str(term_id("service_types", "shelter"))
    assert [option["value"] for option in select.select("option")] == ["", chosen]
    assert "/choices/service_types/" in select["data-term-url-value"]


def test_every_field_of_a_row_has_a_label_and_no_button_for_comments(client_for: Any) -> None:
    page = form_of(client_for("editor"), make_organisation(services=[make_service("shelter")]))
    content = row(page, 0)
    for field in content.select("select[id], input[id]:not([type=hidden]):not([type=checkbox])"):
        assert content.select_one(f'label[for="{field["id"]}"]'), field["name"]
    assert not content.select("[data-comment-add]")


def test_the_form_of_a_large_organisation_is_small_enough(client_for: Any) -> None:
    services = [
        make_service("shelter", name="A short label of the service", languages=["ro"], sort_order=number)
        for number in range(26)
    ]
    organisation = make_organisation(services=services)
    answer = client_for("editor").get(screen(Organisation, "edit", organisation.pk))
    assert len(answer.content) < LARGEST_FORM
