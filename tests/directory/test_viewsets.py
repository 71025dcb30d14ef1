"""The editors' screens of the directory: confirming, reports, previews, every screen in every role."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import ErrorReport, Network, NetworkMembership, Organisation, Programme, ProgrammePartner
from directory.services import report_error
from platform_site.records.services import publish_record
from platform_site.vocabulary.store import term_id
from tests.factories import SCREEN_ROLES, make_draft_organisation, make_organisation, make_service, make_user
from tests.records.screens import form_data, messages, press, screen

pytestmark = pytest.mark.django_db


def a_network() -> Network:
    network = Network(name="Net", slug="net", kind_id=term_id("network_kinds", "network"))
    network.memberships = [NetworkMembership(organisation=make_organisation())]
    published: Network = publish_record(record=network)
    return published


def a_programme() -> Programme:
    programme = Programme(name="Programme", slug="programme", start="2020")
    text = Programme._meta.get_field("texts").related_model
    programme.texts = [text(language="en", is_original=True, summary="What it did.")]
    programme.partners = [ProgrammePartner(printed_name="Somebody else")]
    programme.set_codes("countries", ["IT"])
    published: Programme = publish_record(record=programme)
    return published


MAKERS = {
    Organisation: lambda: make_organisation(services=[make_service("shelter", languages=["ro"])], city="Rome"),
    Network: a_network,
    Programme: a_programme,
}
SCREENS = ["list", "list_results", "add"]
RECORD_SCREENS = ["edit", "history", "history_results", "usage", "delete", "workflow_history"]


@pytest.mark.parametrize("role", SCREEN_ROLES)
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.record_type)
def test_every_screen_answers(client_for, model, role) -> None:
    record = MAKERS[model]()
    client = client_for(role)
    for name in SCREENS:
        assert client.get(screen(model, name)).status_code == 200, name
    for name in RECORD_SCREENS:
        assert client.get(screen(model, name, record.pk)).status_code == 200, name
    version = record.latest_revision_id
    assert client.get(screen(model, "revisions_view", record.pk, version)).status_code == 200
    assert client.get(screen(model, "revisions_revert", record.pk, version)).status_code == 200
    assert client.get(screen(model, "revisions_compare", record.pk, "earliest", "latest")).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("registered", 403), ("member", 403)])
def test_no_screen_answers_to_others(client_for, role, status) -> None:
    client = client_for(role)
    for url in (screen(Organisation, "list"), screen(Organisation, "add"), reverse("error-reports:index")):
        assert client.get(url).status_code == status


def preview(client: Client, organisation: Organisation, language: str, **changes: Any) -> str:
    url = screen(Organisation, "preview_on_edit", organisation.pk)
    data = form_data(client.get(screen(Organisation, "edit", organisation.pk)).content.decode())
    data.update({name: [value] for name, value in changes.items()})
    assert client.post(url, data).json()["is_valid"]
    answer = client.get(url, {"mode": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("language", [code for code, _label in settings.LANGUAGES])
def test_the_preview_is_the_true_page_in_each_language(client_for, language) -> None:
    organisation = make_organisation(services=[make_service("shelter")], description="Written before.")
    page = preview(client_for("editor"), organisation, language, **{"texts-0-description": "Not saved yet."})
    assert f'<html lang="{language}"' in page
    assert "Not saved yet." in page
    assert "Written before." not in page
    assert "Written before." in Client().get(organisation.get_absolute_url()).content.decode()


def test_a_preview_may_stand_in_a_frame_of_the_site_alone(client_for) -> None:
    organisation = make_organisation()
    client = client_for("editor")
    preview(client, organisation, "en")
    answer = client.get(screen(Organisation, "preview_on_edit", organisation.pk), {"mode": "en"})
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_a_draft_with_services_is_nowhere_to_be_read(client_for) -> None:
    """Rows of a draft that was never published are in the tables all the same."""
    make_organisation()
    draft = make_draft_organisation(
        name="Hidden House", services=[make_service("shelter", languages=["ro"], conditions="Hidden words")]
    )
    client = client_for("editor")
    press(client, screen(Organisation, "edit", draft.pk), **{"services-0-languages": ["ro", "it"]})
    for path in ("/en/directory/?service=shelter", "/en/directory/?format=json", "/en/directory/?format=csv"):
        answer = Client().get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Hidden" not in content, path
    assert Client().get(draft.get_absolute_url()).status_code == 404


def test_an_entry_is_confirmed_today(client_for) -> None:
    organisation = make_organisation()
    client = client_for("editor")
    url = screen(Organisation, "confirm", organisation.pk)
    assert url in client.get(screen(Organisation, "edit", organisation.pk)).content.decode()
    assert client.get(url).status_code == 200
    answer = client.post(url)
    assert "confirmed as of today" in messages(answer)
    assert Organisation.objects.get(pk=organisation.pk).confirmed_on == timezone.localdate()
    history = client.get(screen(Organisation, "history", organisation.pk)).content.decode()
    assert "Confirmed as true on" in history


def test_a_draft_is_not_confirmed(client_for) -> None:
    draft = make_draft_organisation()
    client = client_for("editor")
    assert client.post(screen(Organisation, "confirm", draft.pk)).status_code == 302
    assert Organisation.objects.get(pk=draft.pk).confirmed_on is None


def test_several_entries_are_confirmed_at_once(client_for) -> None:
    entries, draft = [make_organisation(), make_organisation()], make_draft_organisation()
    url = reverse("wagtail_bulk_action", args=["directory", "organisation", "confirm"])
    query = "&".join(f"id={pk}" for pk in [*(entry.pk for entry in entries), draft.pk, "x"])
    client = client_for("editor")
    assert draft.name in client.get(f"{url}?{query}").content.decode()
    assert "2 entries are confirmed" in messages(client.post(f"{url}?{query}"))
    assert Organisation.objects.filter(confirmed_on=timezone.localdate()).count() == 2


def test_confirming_does_not_take_an_editors_draft_along(client_for) -> None:
    organisation = make_organisation()
    press(client_for("editor"), screen(Organisation, "edit", organisation.pk), short_name="Not yet")
    client_for("editor").post(screen(Organisation, "confirm", organisation.pk))
    stored = Organisation.objects.get(pk=organisation.pk)
    assert (stored.short_name, stored.confirmed_on) == ("", timezone.localdate())
    stored.latest_revision.publish(user=make_user("reviewer"))
    stored = Organisation.objects.get(pk=organisation.pk)
    assert (stored.short_name, stored.confirmed_on) == ("Not yet", timezone.localdate())


def test_a_report_is_read_and_answered(client_for) -> None:
    organisation = make_organisation(name="Right House")
    report = report_error(organisation=organisation, message="<b>Wrong</b> number", reply_to="reader@example.org")
    client = client_for("editor")
    assert "Right House" in client.get(reverse("error-reports:index")).content.decode()
    url = reverse("error-reports:edit", args=[report.pk])
    page = client.get(url).content.decode()
    assert "&lt;b&gt;Wrong&lt;/b&gt; number" in page
    assert screen(Organisation, "edit", organisation.pk) in page
    press(client, url, state="done", note="Called them.")
    stored = ErrorReport.objects.get(pk=report.pk)
    assert (stored.state, stored.note, stored.message) == ("done", "Called them.", "<b>Wrong</b> number")
    found = client.get(reverse("error-reports:index") + "?state=open").context["object_list"]
    assert list(found) == []


def test_a_report_on_an_entry_that_is_gone_still_opens(client_for) -> None:
    report = ErrorReport.objects.create(record_reference="organisation#99", record_name="Gone House", message="Late.")
    page = client_for("editor").get(reverse("error-reports:edit", args=[report.pk]))
    assert "Gone House" in page.content.decode()


def test_a_report_stays_with_its_entry_whatever_that_is_called(client_for) -> None:
    organisation = make_organisation(name="First name")
    report = report_error(organisation=organisation, message="Wrong number")
    organisation.name = "Second name"
    publish_record(record=organisation)
    make_organisation(name="First name", slug="a-stranger")
    page = client_for("editor").get(reverse("error-reports:edit", args=[report.pk])).content.decode()
    assert screen(Organisation, "edit", organisation.pk) in page
    assert "Second name" in page
    assert 'called "First name" when it was reported' in page


@pytest.mark.parametrize(("role", "deleted"), [("editor", False), ("reviewer", True)])
def test_who_deletes_reports_and_nobody_adds_one(client_for, role, deleted) -> None:
    report = ErrorReport.objects.create(record_reference="organisation#1", record_name="X", message="Spam")
    client = client_for(role)
    client.post(reverse("error-reports:delete", args=[report.pk]))
    assert ErrorReport.objects.exists() is not deleted
    assert client_for("administrator").get(reverse("error-reports:add")).status_code == 302


def test_filters_of_the_field(client_for) -> None:
    make_organisation(name="In Rome", country="IT", membership="member", confirmed_on=timezone.localdate())
    make_organisation(name="In Paris", country="FR", kind="public_authority")
    client = client_for("editor")
    for query, wanted in {
        "country=IT": ["In Rome"],
        "type=public_authority": ["In Paris"],
        "membership=member": ["In Rome"],
        "freshness=confirmed": ["In Rome"],
        "freshness=imported": ["In Paris"],
        "freshness=waiting": [],
    }.items():
        found = client.get(f"{screen(Organisation, 'list')}?{query}").context["object_list"]
        assert [organisation.name for organisation in found] == wanted, query
