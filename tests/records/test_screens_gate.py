"""The publish gate in the editors' screens: who, by which button, complete or not, own text or another's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from directory.models import Organisation
from tests.factories import build_organisation, make_draft_organisation, make_organisation, make_service, make_user
from tests.records.screens import messages, press, screen

pytestmark = pytest.mark.django_db

COMPLETE, INCOMPLETE = True, False


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def submitted(author: Any, *, complete: bool) -> Organisation:
    """Return an organisation that `author` wrote and sent to the review."""
    organisation = make_draft_organisation(author=author, services=[make_service("shelter", languages=["ro"])])
    if not complete:
        draft = organisation.get_latest_revision_as_object()
        draft.texts = [*draft.texts.all(), type(draft.texts.first())(language="fr", description="Un", is_original=True)]
        draft.save_revision(user=author, clean=False)
    organisation = Organisation.objects.get(pk=organisation.pk)
    organisation.get_workflow().start(organisation, author)
    return organisation


def texts_of(organisation: Organisation) -> list[str]:
    revision = Organisation.objects.get(pk=organisation.pk).latest_revision
    return [text["description"] for text in revision.content["texts"]]


def publish_button(client: Client, organisation: Organisation) -> Any:
    return press(client, screen(Organisation, "edit", organisation.pk), "action-publish")


def approve_in_form(client: Client, organisation: Organisation) -> Any:
    url = screen(Organisation, "edit", organisation.pk)
    return press(client, url, "action-workflow-action", **{"workflow-action-name": "approve"})


def approve_in_list(client: Client, organisation: Organisation) -> Any:
    task = organisation.current_workflow_task_state
    url = screen(Organisation, "workflow_action", organisation.pk, "approve", task.pk)
    return client.post(url, {"comment": "Fine."})


WAYS = {"button": publish_button, "form": approve_in_form, "list": approve_in_list}
TABLE = [
    # role, own text, complete, ways that publish
    ("editor", False, COMPLETE, set()),
    ("editor", True, COMPLETE, set()),
    ("reviewer", False, COMPLETE, {"form", "list"}),
    ("reviewer", True, COMPLETE, set()),
    ("reviewer", False, INCOMPLETE, set()),
    ("administrator", False, COMPLETE, {"button", "form", "list"}),
    ("administrator", True, COMPLETE, set()),
    ("administrator", False, INCOMPLETE, set()),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("role", "own", "complete", "ways"), TABLE)
def test_who_publishes_by_which_button(role, own, complete, ways, way) -> None:
    person = make_user(role)
    organisation = submitted(person if own else make_user("editor"), complete=complete)
    written = texts_of(organisation)
    response = WAYS[way](signed_in(person), organisation)
    assert response.status_code in (200, 302), "locked while somebody else reviews it, or acted upon"
    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.live is (way in ways)
    assert texts_of(stored) == written, "what was written is kept"
    states = set(TaskState.objects.values_list("status", flat=True))
    if stored.live:
        assert stored.current_workflow_state is None
    else:
        assert TaskState.STATUS_APPROVED not in states, "no half approval"
        assert stored.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_each_reason_stands_on_the_edit_screen() -> None:
    organisation = submitted(make_user("editor"), complete=INCOMPLETE)
    response = approve_in_form(signed_in(make_user("reviewer")), organisation)
    assert response.url == screen(Organisation, "edit", organisation.pk)
    assert "Mark exactly one text as the original" in messages(response)


def test_a_refusal_in_a_dialogue_leads_to_the_edit_screen() -> None:
    organisation = submitted(make_user("editor"), complete=INCOMPLETE)
    task = organisation.current_workflow_task_state
    url = screen(Organisation, "workflow_action", organisation.pk, "approve", task.pk)
    answer = signed_in(make_user("reviewer")).post(url, {"comment": ""}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": screen(Organisation, "edit", organisation.pk)}


def test_the_author_is_not_offered_to_approve() -> None:
    reviewer = make_user("reviewer")
    organisation = submitted(reviewer, complete=COMPLETE)
    own = signed_in(reviewer).get(screen(Organisation, "edit", organisation.pk)).content.decode()
    others = signed_in(make_user("reviewer")).get(screen(Organisation, "edit", organisation.pk)).content.decode()
    approve = 'data-workflow-action-name="approve"'
    assert approve not in own
    assert approve in others


def test_a_reviewer_who_changes_the_text_needs_somebody_else() -> None:
    organisation = submitted(make_user("editor"), complete=COMPLETE)
    reviewer = make_user("reviewer")
    url = screen(Organisation, "edit", organisation.pk)
    response = press(
        signed_in(reviewer),
        url,
        "action-workflow-action",
        **{"workflow-action-name": "approve", "texts-0-description": "Rewritten."},
    )
    assert "Somebody else" in messages(response) or "somebody else" in messages(response)
    stored = Organisation.objects.get(pk=organisation.pk)
    assert not stored.live
    assert stored.latest_revision.content["texts"][0]["description"] == "Rewritten."


def test_sent_back_with_a_comment_and_submitted_again() -> None:
    author, reviewer = make_user("editor"), make_user("reviewer")
    organisation = submitted(author, complete=COMPLETE)
    task = organisation.current_workflow_task_state
    url = screen(Organisation, "workflow_action", organisation.pk, "reject", task.pk)
    signed_in(reviewer).post(url, {"comment": "Which languages?"})
    state = Organisation.objects.get(pk=organisation.pk).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Which languages?"
    page = signed_in(author).get(reverse("wagtailadmin_home")).content.decode()
    assert organisation.name in page
    press(
        signed_in(author),
        screen(Organisation, "edit", organisation.pk),
        "action-submit",
        **{"services-0-languages": ["ro", "en"]},
    )
    approve_in_list(signed_in(reviewer), Organisation.objects.get(pk=organisation.pk))
    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.live
    assert stored.services.get().codes("languages") == ["ro", "en"]


@pytest.mark.parametrize("in_form", [True, False])
@pytest.mark.parametrize("comment", ["Which languages?", ""])
def test_the_reviewer_is_told_what_the_answer_did(in_form: bool, comment: str) -> None:
    author, reviewer = make_user("editor"), signed_in(make_user("reviewer"))
    organisation = submitted(author, complete=COMPLETE)

    def answer(action: str, said: str) -> str:
        if in_form:
            extra = json.dumps({"comment": said})
            data = {"workflow-action-name": action, "workflow-action-extra-data": extra}
            return messages(press(reviewer, url, "action-workflow-action", **data))
        task = Organisation.objects.get(pk=organisation.pk).current_workflow_task_state
        return messages(
            reviewer.post(screen(Organisation, "workflow_action", organisation.pk, action, task.pk), {"comment": said})
        )

    url = screen(Organisation, "edit", organisation.pk)
    how = "with your comment." if comment else "without a comment."
    told = answer("reject", comment)
    assert f"“{organisation.name}” is sent back to {author}" in told
    assert how in told
    Organisation.objects.get(pk=organisation.pk).current_workflow_state.resume(author)
    assert f"“{organisation.name}” is published." in answer("approve", "")


def test_overwriting_a_version_does_not_break_four_eyes() -> None:
    """The form's own saving overwrites the last version of the same person, and nobody else's."""
    author, reviewer = make_user("editor"), make_user("reviewer")
    organisation = submitted(author, complete=COMPLETE)
    url = screen(Organisation, "edit", organisation.pk)
    before = organisation.latest_revision
    response = press(
        signed_in(reviewer), url, overwrite_revision_id=str(before.pk), **{"texts-0-description": "Slipped in."}
    )
    assert response.status_code == 200, "the form is shown again with what was written"
    assert "Slipped in." in response.content.decode()
    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.latest_revision == before
    assert "Slipped in." not in str(stored.latest_revision.content)


def test_editors_and_reviewers_see_no_publish_button() -> None:
    organisation = make_organisation()
    for role, shown in (("editor", False), ("reviewer", False), ("administrator", True)):
        page = signed_in(make_user(role)).get(screen(Organisation, "edit", organisation.pk)).content.decode()
        assert ('name="action-publish"' in page) is shown


def test_a_new_record_by_form_is_a_draft_that_can_be_submitted() -> None:
    author = make_user("editor")
    built = build_organisation()
    response = press(
        signed_in(author),
        screen(Organisation, "add"),
        "action-submit",
        name="Lantern House",
        organisation_type=str(built.organisation_type_id),
        country=str(built.country_id),
        languages=["en", "it"],
        **{"texts-0-description": "Helps."},
    )
    stored = Organisation.objects.get(name="Lantern House")
    assert (stored.slug, stored.live) == ("lantern-house", False), messages(response)
    assert stored.codes("languages") == ["en", "it"]
    assert [(row.language, row.is_original) for row in stored.texts.all()] == [("en", True)]
    assert stored.current_workflow_state.requested_by == author
    assert not Organisation.objects.visible_to(None).exists()


def test_scheduled_by_approval_and_taken_off_by_a_reviewer(time_machine) -> None:
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    organisation = make_draft_organisation(author=make_user("editor"))
    draft = organisation.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=make_user("editor"))
    organisation = Organisation.objects.get(pk=organisation.pk)
    organisation.get_workflow().start(organisation, make_user("editor"))
    reviewer = signed_in(make_user("reviewer"))
    approve_in_list(reviewer, organisation)
    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.approved_schedule
    assert not stored.live
    url = screen(Organisation, "revisions_unschedule", stored.pk, stored.scheduled_revision.pk)
    assert signed_in(make_user("editor")).post(url).status_code == 302
    assert Organisation.objects.get(pk=stored.pk).approved_schedule, "editors do not unschedule"
    reviewer.post(url)
    assert not Organisation.objects.get(pk=stored.pk).approved_schedule
    time_machine.move_to(timezone.now() + timedelta(days=2))
    call_command("publish_scheduled")
    assert not Organisation.objects.get(pk=stored.pk).live
