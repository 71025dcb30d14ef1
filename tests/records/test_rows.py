"""The rows of a record in its form: found by their names, folded, and small enough to work with."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from directory.models import Organisation, OrganisationText
from platform_site.records.services import save_draft
from platform_site.vocabulary.store import term_id, vocabulary
from tests.factories import build_organisation, make_draft_organisation, make_organisation, make_service
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


def texts_data(client: Any, organisation: Any) -> dict[str, list[str]]:
    return form_data(str(form_of(client, organisation)))


def added(data: dict[str, list[str]], number: int, language: str, **values: str) -> dict[str, list[str]]:
    """Return the body with one more text."""
    fresh = {"id": "", "language": language, "description": "Neu.", "DELETE": "", **values}
    fields = {f"texts-{number}-{name}": [value] for name, value in fresh.items()}
    return {**data, **fields, "texts-TOTAL_FORMS": [str(number + 1)]}


def complaint(page: BeautifulSoup) -> str:
    return " ".join(found.text for found in page.select(".error-message, .help-critical, .messages"))


def test_a_language_twice_is_said_and_keeps_what_was_typed(client_for: Any) -> None:
    organisation = make_organisation(description="Help.")
    client = client_for("editor")
    page = form_of(client, organisation, added(texts_data(client, organisation), 1, "en", description="Once more."))
    assert "Once more." in page.select_one("textarea[name=texts-1-description]").text
    assert complaint(page)


def test_a_language_that_a_colleague_added_meanwhile_is_said_and_keeps_what_was_typed(client_for: Any) -> None:
    organisation = make_draft_organisation(description="Help.")
    client = client_for("editor")
    opened = texts_data(client, organisation)
    colleague = client_for("reviewer")
    saved = colleague.post(
        screen(Organisation, "edit", organisation.pk), added(texts_data(colleague, organisation), 1, "de")
    )
    assert saved.status_code == 302
    page = form_of(client, organisation, added(opened, 1, "de", description="Hilfe."))
    assert "Hilfe." in page.select_one("textarea[name=texts-1-description]").text
    assert "already" in complaint(page)


@pytest.mark.parametrize("count", ["-1", "0"])
def test_a_count_of_rows_that_is_not_true_is_no_error_page(client_for: Any, count: str) -> None:
    organisation = make_draft_organisation(description="Help.")
    client = client_for("administrator")
    data = texts_data(client, organisation) | {"texts-INITIAL_FORMS": [count]}
    assert client.post(screen(Organisation, "edit", organisation.pk), data).status_code < 500


def test_two_texts_that_swap_their_languages_are_saved(client_for: Any) -> None:
    organisation = build_organisation(description="Hilfe.")
    organisation.texts.add(OrganisationText(language="de", description="Help."))
    save_draft(record=organisation, user=None)
    client = client_for("editor")
    data = texts_data(client, organisation)
    languages = data["texts-0-language"], data["texts-1-language"]
    data |= {"texts-0-language": languages[1], "texts-1-language": languages[0]}
    assert client.post(screen(Organisation, "edit", organisation.pk), data).status_code == 302
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert {text.language: text.description for text in draft.texts.all()} == {"de": "Hilfe.", "en": "Help."}
    draft.save()
    assert {text.language: text.description for text in Organisation.objects.get(pk=organisation.pk).texts.all()} == {
        "de": "Hilfe.",
        "en": "Help.",
    }


def test_a_body_with_a_million_rows_is_answered_with_a_sentence(client_for: Any) -> None:
    organisation = make_organisation(description="Help.")
    client = client_for("editor")
    data = texts_data(client, organisation) | {"texts-TOTAL_FORMS": ["999999"]}
    page = form_of(client, organisation, data)
    assert "submit at most" in complaint(page)
    assert len(page.select("textarea[name^=texts-][name$=-description]")) < 120
