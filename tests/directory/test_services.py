"""Confirming an entry."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory.models import Organisation
from directory.services import confirm_entry
from platform_site.records.services import save_draft, withdraw_record
from tests.factories import make_draft_organisation, make_organisation, make_service, make_user

pytestmark = pytest.mark.django_db


def test_an_editor_confirms_a_published_entry() -> None:
    organisation = make_organisation(imported_on=dt.date(2012, 1, 1))
    editor = make_user("editor")
    confirmed = confirm_entry(organisation=organisation, user=editor)
    assert confirmed.confirmed_on == timezone.localdate()
    assert confirmed.confirmed_by == editor
    entry = ModelLogEntry.objects.get(action="directory.confirm")
    assert entry.user == editor


@pytest.mark.parametrize("role", ["registered", "member"])
def test_others_may_not(role: str) -> None:
    organisation = make_organisation()
    with pytest.raises(PermissionDenied):
        confirm_entry(organisation=organisation, user=make_user(role))
    assert Organisation.objects.get(pk=organisation.pk).confirmed_on is None


def test_what_is_not_published_cannot_be_confirmed() -> None:
    draft = make_draft_organisation()
    gone = make_organisation()
    withdraw_record(record=gone, user=None, reason="Closed.")
    for organisation in (draft, gone):
        with pytest.raises(PermissionDenied):
            confirm_entry(organisation=organisation, user=make_user("editor"))


def test_publishing_a_draft_does_not_take_the_confirmation_back() -> None:
    organisation = make_organisation(services=[make_service("shelter")])
    organisation.short_name = "New name"
    revision = save_draft(record=organisation, user=make_user("editor"))
    confirm_entry(organisation=organisation, user=make_user("editor"))
    assert Organisation.objects.get(pk=organisation.pk).short_name == ""
    revision.refresh_from_db()
    revision.publish(user=make_user("reviewer"))
    live = Organisation.objects.get(pk=organisation.pk)
    assert live.short_name == "New name"
    assert live.confirmed_on == timezone.localdate()
    assert live.services.count() == 1


def test_the_editors_form_opens_with_the_confirmation() -> None:
    organisation = make_organisation()
    confirm_entry(organisation=organisation, user=make_user("editor"))
    latest = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert latest.confirmed_on == timezone.localdate()


def test_a_confirmation_reaches_a_version_on_the_schedule_too() -> None:
    organisation = make_organisation()
    organisation.short_name = "Soon"
    organisation.go_live_at = timezone.now() + dt.timedelta(days=3)
    scheduled = save_draft(record=organisation, user=make_user("editor"))
    scheduled.publish(user=make_user("reviewer"))
    later = Organisation.objects.get(pk=organisation.pk).latest_revision.as_object()
    later.short_name = "Later"
    later.go_live_at = None
    save_draft(record=later, user=make_user("editor"))
    confirm_entry(organisation=organisation, user=make_user("editor"))
    scheduled.refresh_from_db()
    assert scheduled.approved_go_live_at is not None
    assert scheduled.content["confirmed_on"] == timezone.localdate().isoformat()
