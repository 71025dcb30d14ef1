"""The publish gate: who, by which way, complete or not, own text or another's."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from directory.models import Organisation, OrganisationText
from platform_site.records.access import RecordGone, get_readable
from platform_site.records.gate import PublishRefused
from platform_site.records.packages.withdrawing import successor_of
from platform_site.records.references import references_to
from platform_site.records.registry import record_for_reference
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary import versions
from tests.factories import build_organisation, make_draft_organisation, make_organisation, make_service, make_user

pytestmark = pytest.mark.django_db

TABLE = [
    # role of the publisher, own text, complete, allowed
    ("registered", False, True, False),
    ("member", False, True, False),
    ("editor", False, True, False),
    ("editor", True, True, False),
    ("reviewer", False, True, True),
    ("reviewer", True, True, False),
    ("reviewer", False, False, False),
    ("administrator", False, True, True),
    ("administrator", True, True, False),
    ("administrator", False, False, False),
    (None, False, True, True),
    (None, False, False, False),
]


@pytest.mark.parametrize(("role", "own", "complete", "allowed"), TABLE)
def test_who_publishes_what(role, own, complete, allowed) -> None:
    publisher = make_user(role) if role else None
    author = publisher if own else make_user("editor")
    organisation = build_organisation()
    if not complete:
        organisation.texts = [
            OrganisationText(language="en", description="One"),
            OrganisationText(language="fr", description="Une"),
        ]
    revision = save_draft(record=organisation, user=author)
    if allowed:
        revision.publish(user=publisher)
    else:
        with pytest.raises(PublishRefused) as refused:
            revision.publish(user=publisher)
        assert all(reason.strip() for reason in refused.value.reasons)
    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.live is allowed
    assert stored.get_latest_revision() == revision, "a refusal keeps the revision"


def test_four_eyes_is_a_setting(settings) -> None:
    settings.PUBLISH_FOUR_EYES = False
    reviewer = make_user("reviewer")
    assert publish_record(record=build_organisation(), user=reviewer, author=reviewer).live


def test_parts_are_checked_too() -> None:
    organisation = build_organisation(services=[make_service("shelter", capacity_note="12 beds")])
    with pytest.raises(PublishRefused, match="no extent is stored"):
        publish_record(record=organisation)


def test_a_refused_publication_by_the_service_saves_nothing() -> None:
    with pytest.raises(PublishRefused):
        publish_record(record=build_organisation(name=""))
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("role", ["anonymous", "registered", "member", "editor", "reviewer", "administrator"])
def test_a_draft_is_read_by_nobody(role) -> None:
    make_draft_organisation()
    user = None if role == "anonymous" else make_user(role)
    assert not Organisation.objects.visible_to(user).exists()


AUDIENCES = {
    "public": {"anonymous", "registered", "member", "editor", "reviewer", "administrator"},
    "members": {"member", "editor", "reviewer", "administrator"},
    "staff": {"editor", "reviewer", "administrator"},
}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("role", sorted(AUDIENCES["public"]))
def test_audiences(audience, role) -> None:
    organisation = make_organisation(audience=audience)
    user = None if role == "anonymous" else make_user(role)
    visible = Organisation.objects.visible_to(user).filter(pk=organisation.pk).exists()
    assert visible is (role in AUDIENCES[audience])


def test_withdrawn_answers_gone_only_to_those_who_could_read_it() -> None:
    organisation = make_organisation(audience="members")
    withdraw_record(record=organisation, user=make_user("reviewer"), reason="Closed its office.")
    with pytest.raises(RecordGone) as gone:
        get_readable(Organisation.objects, make_user("member"), slug=organisation.slug)
    assert gone.value.record.withdrawn_reason == "Closed its office."
    with pytest.raises(Http404):
        get_readable(Organisation.objects, None, slug=organisation.slug)


def test_a_merged_record_leads_to_its_successor() -> None:
    old, new = make_organisation(), make_organisation()
    withdraw_record(record=old, user=make_user("reviewer"), reason="Merged.", successor=new.key)
    with pytest.raises(RecordGone) as gone:
        get_readable(Organisation.objects, None, slug=old.slug)
    assert gone.value.successor == new


def test_an_address_follows_its_successor_whatever_that_is_called() -> None:
    old, new = make_organisation(), make_organisation(name="Old body")
    withdraw_record(record=old, user=None, reason="Merged.", successor=new.key)
    new.name = "New body"
    new = publish_record(record=new)
    # Somebody else takes the name that the successor had.
    make_organisation(name="Old body", slug="quite-another")
    with pytest.raises(RecordGone) as gone:
        get_readable(Organisation.objects, None, slug=old.slug)
    assert gone.value.successor == new
    assert [reference.holder for reference in references_to(new)] == [old]
    assert successor_of(Organisation.objects.get(pk=old.pk)) == "organisation:New body"


def test_a_successor_that_is_deleted_leads_nowhere() -> None:
    old, new = make_organisation(), make_organisation()
    withdraw_record(record=old, user=None, reason="Merged.", successor=new.key)
    Organisation.objects.filter(pk=new.pk).delete()
    with pytest.raises(RecordGone) as gone:
        get_readable(Organisation.objects, None, slug=old.slug)
    assert gone.value.successor is None
    assert successor_of(Organisation.objects.get(pk=old.pk)) == ""


@pytest.mark.parametrize("reference", ["", "organisation", "organisation#", "organisation#x", "organisation#²", "x#1"])
def test_what_is_no_reference_finds_nothing(reference: str) -> None:
    assert record_for_reference(reference) is None


def test_a_draft_takes_nobodys_place() -> None:
    old, draft = make_organisation(), make_draft_organisation()
    with pytest.raises(ValidationError):
        withdraw_record(record=old, user=None, reason="Merged.", successor=draft.key)
    assert Organisation.objects.get(pk=old.pk).live


def test_withdrawing_needs_a_reason_a_right_and_a_real_successor() -> None:
    organisation = make_organisation()
    with pytest.raises(PermissionDenied):
        withdraw_record(record=organisation, user=make_user("editor"), reason="No.")
    with pytest.raises(ValidationError):
        withdraw_record(record=organisation, user=None, reason="  ")
    with pytest.raises(ValidationError):
        withdraw_record(record=organisation, user=None, reason="Merged.", successor="organisation:nobody")
    assert Organisation.objects.get(pk=organisation.pk).live


def test_a_publication_that_breaks_half_way_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = make_draft_organisation()

    def broken(_name: str) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(versions, "bump", broken)
    with pytest.raises(OSError, match="disk"):
        draft.latest_revision.publish(user=None)
    assert not Organisation.objects.get(pk=draft.pk).live


def test_publishing_again_takes_the_withdrawal_back() -> None:
    organisation = make_organisation()
    withdraw_record(record=organisation, user=None, reason="A mistake.")
    again = publish_record(record=Organisation.objects.get(pk=organisation.pk))
    assert (again.live, again.withdrawn_on, again.withdrawn_reason) == (True, None, "")


def test_drafts_keep_nested_rows_apart_from_what_is_live() -> None:
    organisation = make_organisation(services=[make_service("shelter", languages=["ro"])])
    draft = Organisation.objects.get(pk=organisation.pk)
    service = draft.services.get()
    service.set_codes("languages", ["ro", "it"])
    draft.services = [service]
    revision = save_draft(record=draft, user=make_user("editor"))
    assert Organisation.objects.get(pk=organisation.pk).services.get().codes("languages") == ["ro"]
    revision.publish(user=make_user("reviewer"))
    assert Organisation.objects.get(pk=organisation.pk).services.get().codes("languages") == ["ro", "it"]
