"""What a form of a record saves by itself, and what a button saves: versions come from changes alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from directory.models import Organisation
from platform_site.records.admin_views import RecordEditView
from platform_site.records.services import publish_record, save_draft
from tests.factories import build_organisation, make_draft_organisation, make_organisation, make_service, make_user
from tests.records.screens import form_data, press, screen
from tests.records.test_screens_gate import signed_in, submitted

pytestmark = pytest.mark.django_db

APPROVAL = {"action-workflow-action": ["true"], "workflow-action-name": ["approve"]}


def edit_form(client: Client, organisation: Organisation) -> tuple[str, dict[str, list[str]]]:
    url = screen(Organisation, "edit", organisation.pk)
    return url, form_data(client.get(url).content.decode())


def save_itself(client: Client, url: str, data: dict[str, Any]) -> Any:
    return client.post(url, data, headers={"Accept": "application/json"})


def again(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


@pytest.mark.parametrize("late", [{}, APPROVAL, {"loaded_revision_id": [""]}])
def test_what_a_form_saves_after_the_approval_makes_no_version(late: dict[str, list[str]]) -> None:
    reviewer = make_user("reviewer")
    organisation = submitted(make_user("editor"), complete=True)
    client = signed_in(reviewer)
    url, data = edit_form(client, organisation)
    assert client.post(url, {**data, **APPROVAL}).status_code == 302
    versions = organisation.revisions.count()
    save_itself(client, url, {**data, **late})
    approved = again(organisation)
    assert approved.live
    assert not approved.has_unpublished_changes
    assert approved.latest_revision_id == approved.live_revision_id
    assert organisation.revisions.count() == versions


def test_a_form_that_saves_itself_acts_on_nothing() -> None:
    organisation = submitted(make_user("editor"), complete=True)
    client = signed_in(make_user("reviewer"))
    url, data = edit_form(client, organisation)
    assert save_itself(client, url, {**data, **APPROVAL}).status_code == 200
    assert not again(organisation).live


def test_a_version_that_comes_in_between_is_not_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The button's request saves while the form's own request has read the record and not yet saved."""
    organisation = make_draft_organisation(author=make_user("editor"))
    client = signed_in(make_user("editor"))
    url, data = edit_form(client, organisation)
    check = RecordEditView.is_valid

    def slowly(view: RecordEditView, form: Any) -> bool:
        found = check(view, form)
        record = again(organisation).get_latest_revision_as_object()
        record.short_name = "In between"
        save_draft(record=record, user=make_user("editor"))
        return found

    monkeypatch.setattr(RecordEditView, "is_valid", slowly)
    answer = save_itself(client, url, {**data, "short_name": ["Late"]})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert again(organisation).latest_revision.content["short_name"] == "In between"


def test_a_change_is_saved_by_itself_once_and_then_written_over() -> None:
    organisation = make_organisation()
    client = signed_in(make_user("editor"))
    url, data = edit_form(client, organisation)
    first = save_itself(client, url, {**data, "short_name": ["One"]}).json()
    second = save_itself(
        client, url, {**data, "short_name": ["Two"], "overwrite_revision_id": [str(first["revision_id"])]}
    ).json()
    assert first["revision_id"] == second["revision_id"]
    assert again(organisation).latest_revision.content["short_name"] == "Two"
    assert again(organisation).has_unpublished_changes


def test_a_form_that_saves_itself_is_not_told_of_a_version_that_it_did_not_make() -> None:
    """Else it would write over that one, perhaps the published one, with its first change."""
    administrator = make_user("administrator")
    organisation = publish_record(record=build_organisation(), author=administrator)
    client = signed_in(administrator)
    url, data = edit_form(client, organisation)
    answer = save_itself(client, url, data).json()
    assert answer["success"]
    assert "revision_id" not in answer


@pytest.mark.parametrize("button", ["", "action-publish"])
def test_a_button_without_a_change_acts_on_the_version_that_is_there(button: str) -> None:
    organisation = make_draft_organisation(author=make_user("editor"), services=[make_service("shelter")])
    press(signed_in(make_user("administrator")), screen(Organisation, "edit", organisation.pk), button)
    assert organisation.revisions.count() == 1
    assert again(organisation).live is bool(button)


def test_another_order_of_the_services_is_a_change() -> None:
    organisation = make_organisation(services=[make_service("shelter"), make_service("outreach")])
    client = signed_in(make_user("editor"))
    url, data = edit_form(client, organisation)
    orders = {"services-0-ORDER": data["services-1-ORDER"], "services-1-ORDER": data["services-0-ORDER"]}
    client.post(url, {**data, **orders})
    assert organisation.revisions.count() == 2
    record = again(organisation).get_latest_revision_as_object()
    order = sorted(record.services.all(), key=lambda row: row.sort_order)
    assert [row.type_entry.code for row in order] == ["outreach", "shelter"]
