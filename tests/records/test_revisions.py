"""What a revision holds: who wrote it, what is gone since, what belongs to the row, what happens at its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.models import Network, NetworkMembership, Organisation
from platform_site.records.gate import PublishRefused, author_id
from platform_site.records.revision_content import references, same_content
from platform_site.records.schedule import refused_schedule
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.models import Term
from tests.factories import build_organisation, make_draft_organisation, make_organisation, make_service, make_user

pytestmark = pytest.mark.django_db


def test_saving_again_without_a_change_makes_nobody_the_author() -> None:
    editor, reviewer = make_user("editor"), make_user("reviewer")
    organisation = make_draft_organisation(author=editor, services=[make_service("shelter", languages=["ro"])])
    read_again = organisation.get_latest_revision_as_object()
    revision = save_draft(record=read_again, user=reviewer)
    assert author_id(revision) == editor.pk
    revision.publish(user=reviewer)
    assert Organisation.objects.get(pk=organisation.pk).live


def test_a_colleague_who_only_saves_does_not_take_the_authorship() -> None:
    editor, reviewer = make_user("editor"), make_user("reviewer")
    organisation = make_draft_organisation(author=reviewer)
    revision = save_draft(record=organisation.get_latest_revision_as_object(), user=editor)
    with pytest.raises(PublishRefused, match="four eyes"):
        revision.publish(user=reviewer)


def test_a_changed_term_of_a_service_is_another_content() -> None:
    editor, reviewer = make_user("editor"), make_user("reviewer")
    organisation = make_draft_organisation(author=editor, services=[make_service("shelter", languages=["ro"])])
    changed = organisation.get_latest_revision_as_object()
    service = changed.services.get()
    service.set_codes("languages", ["ro", "it"])
    changed.services = [service]
    assert author_id(save_draft(record=changed, user=reviewer)) == reviewer.pk


def test_line_ends_of_a_browser_are_no_change() -> None:
    one = build_organisation(description="One\n\nTwo").serializable_data()
    other = build_organisation(description="One\r\n\r\nTwo ").serializable_data()
    for data in (one, other):
        data["name"] = data["slug"] = "same"
    assert same_content(Organisation, one, other)
    other["texts"][0]["description"] = "Three"
    assert not same_content(Organisation, one, other)


def test_an_old_version_stays_readable_when_its_term_is_gone() -> None:
    term = Term.objects.create(vocabulary="service_types", code="passing_fad", label_en="Passing fad")
    organisation = make_organisation(
        services=[make_service("shelter"), make_service("passing_fad")], languages=["ro"], membership="member"
    )
    old = organisation.latest_revision
    organisation.services = [organisation.services.first()]
    publish_record(record=organisation)
    term.delete()
    found = old.as_object()
    assert [service.type_entry.code for service in found.services.all()] == ["shelter"]
    assert found.codes("languages") == ["ro"]
    assert found.membership_entry.code == "member"


def test_reading_a_version_costs_the_same_with_more_rows(django_assert_max_num_queries) -> None:
    services = [make_service("shelter", languages=["ro", "en"], countries=["IT"]) for _number in range(12)]
    revision = make_organisation(services=services).latest_revision
    with django_assert_max_num_queries(3):
        revision.as_object()


def test_references_of_a_version_are_named() -> None:
    organisation = make_organisation()
    network = Network(name="Net", slug="net")
    network.memberships = [NetworkMembership(organisation=organisation)]
    revision = save_draft(record=network)
    assert (Organisation, organisation.pk) in set(references(Network, revision.content))


def test_a_draft_does_not_take_a_withdrawal_back() -> None:
    editor = make_user("editor")
    organisation = make_organisation()
    draft = Organisation.objects.get(pk=organisation.pk)
    draft.short_name = "Draft"
    save_draft(record=draft, user=editor)
    withdraw_record(record=organisation, user=make_user("reviewer"), reason="Closed.")
    again = Organisation.objects.get(pk=organisation.pk).latest_revision.as_object()
    assert again.withdrawn_reason == "Closed."
    again.save()
    assert Organisation.objects.withdrawn_from(None).filter(pk=organisation.pk).exists()


def _schedule(organisation: Organisation, reviewer) -> None:
    draft = organisation.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    save_draft(record=draft, user=make_user("editor")).publish(user=reviewer)


def test_what_cannot_go_live_at_its_time_stops_nobody_else(time_machine) -> None:
    reviewer = make_user("reviewer")
    broken, sound = make_draft_organisation(), make_draft_organisation()
    _schedule(broken, reviewer)
    _schedule(sound, reviewer)
    revision = broken.revisions.get(approved_go_live_at__isnull=False)
    revision.content["texts"].append(dict(revision.content["texts"][0], language="fr", pk=None))
    revision.save()
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    call_command("publish_scheduled")
    broken, sound = Organisation.objects.get(pk=broken.pk), Organisation.objects.get(pk=sound.pk)
    assert (broken.live, sound.live) == (False, True)
    assert not broken.approved_schedule, "the lock is open again"
    assert [reason for reason in refused_schedule(broken) if "original" in reason]
    assert refused_schedule(sound) == []
