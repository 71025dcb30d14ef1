"""Whatever publishes a draft with another address than the published one keeps the one that links lead to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from platform_site.records.addresses import address_field
from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record, save_draft, withdraw_record
from tests.factories import make_draft_organisation, make_organisation, make_user
from tests.records.screens import press, screen
from tests.records.test_addresses import PUBLISHED
from tests.records.test_screens_gate import signed_in

pytestmark = pytest.mark.django_db


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def submitted(draft: Any) -> Any:
    record = again(draft)
    record.get_workflow().start(record, make_user("editor"))
    return record


def by_button(draft: Any) -> None:
    press(signed_in(make_user("administrator")), screen(type(draft), "edit", draft.pk), "action-publish")


def by_approval_in_the_form(draft: Any) -> None:
    record = submitted(draft)
    url = screen(type(record), "edit", record.pk)
    approval = {"workflow-action-name": "approve"}
    press(signed_in(make_user("reviewer")), url, "action-workflow-action", **approval)


def by_approval_in_the_list(draft: Any) -> None:
    record = submitted(draft)
    task = record.current_workflow_task_state
    url = screen(type(record), "workflow_action", record.pk, "approve", task.pk)
    signed_in(make_user("reviewer")).post(url, {"comment": "Fine."})


def by_schedule(draft: Any) -> None:
    revision = again(draft).latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()
    call_command("publish_scheduled")


def by_the_system(draft: Any) -> None:
    again(draft).latest_revision.publish(user=None)


def by_import(draft: Any) -> None:
    publish_record(record=draft)


WAYS: dict[str, Callable[[Any], None]] = {
    way.__name__: way
    for way in (by_button, by_approval_in_the_form, by_approval_in_the_list, by_schedule, by_the_system, by_import)
}


# What is given to be published as it is: another number of a chart is a mistake, and said.
REFUSED = [(kind, "by_import") for kind in ("practice", "case")]
KEPT = [(kind, way) for kind in PUBLISHED for way in WAYS if (kind, way) not in REFUSED]


@pytest.mark.parametrize(("kind", "way"), REFUSED)
def test_another_number_than_the_published_one_is_refused(client: Client, kind: str, way: str) -> None:
    make, field, other = PUBLISHED[kind]
    record = make()
    before = again(record)
    draft = again(record)
    setattr(draft, field, other)
    with pytest.raises(PublishRefused, match="stays"):
        WAYS[way](draft)
    stored = again(record)
    assert stored.last_published_at == before.last_published_at, "it was not published"
    assert getattr(stored, field) == getattr(before, field)
    assert client.get(record.get_absolute_url()).status_code == 200


# The way through a form is the same for all kinds of records: it is walked for two of them in every run.
IN_A_FORM = {"by_button", "by_approval_in_the_form"}
WALKED = {"organisation", "practice"}


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        pytest.param(kind, way, marks=[pytest.mark.long] if way in IN_A_FORM and kind not in WALKED else [])
        for kind, way in KEPT
    ],
)
def test_a_published_address_is_kept_on_every_way_of_publishing(client: Client, kind: str, way: str) -> None:
    make, field, other = PUBLISHED[kind]
    record = make()
    address, before = record.get_absolute_url(), again(record).last_published_at
    draft = again(record)
    setattr(draft, address_field(type(draft)).attname, other() if callable(other) else other)
    draft.source = "A later source"
    save_draft(record=draft, user=make_user("editor"))
    WAYS[way](draft)
    stored = again(record)
    assert stored.last_published_at > before, "it was published"
    assert stored.source == "A later source"
    assert getattr(stored, field) == getattr(record, field)
    assert stored.get_absolute_url() == address
    assert client.get(address).status_code == 200


def test_the_address_that_somebody_else_has_by_now_hinders_nothing() -> None:
    first = make_organisation(slug="here")
    draft = again(first)
    draft.slug = "there"
    save_draft(record=draft)
    make_organisation(slug="there")
    by_the_system(draft)
    assert again(first).slug == "here"


def test_a_withdrawn_record_comes_back_to_its_address_and_a_first_publication_takes_its_own() -> None:
    withdrawn = make_organisation(slug="here")
    withdraw_record(record=withdrawn, user=None, reason="It closed.")
    back = again(withdrawn)
    back.slug = "there"
    publish_record(record=back)
    assert again(withdrawn).slug == "here"
    draft = make_draft_organisation(slug="one")
    draft.slug = "two"
    publish_record(record=draft)
    assert again(draft).slug == "two"
