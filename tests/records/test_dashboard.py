"""The editors' desk: its figures, its links, its price; and what the roles may do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowContentType

from directory.models import Organisation
from directory.services import report_error
from platform_site.records.permissions import ensure_editor_permissions
from platform_site.records.registry import record_models
from platform_site.records.reviews import waiting_for
from tests.factories import make_chart, make_draft_organisation, make_organisation, make_page, make_user
from tests.records.screens import screen

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def desk(user: Any) -> dict[str, Any]:
    """Return the panels of the dashboard by their names: the text, and the links by their words."""
    page = BeautifulSoup(signed_in(user).get(reverse("wagtailadmin_home")).content, "html.parser")
    panels = {}
    for name in ("waiting", "drafts", "stale", "reports", "translations", "changes"):
        panel = page.select_one(f"#{name}-section") or page.select_one(f"#{name}")
        assert panel is not None, name
        panels[name] = panel.find_parent("section") if panel.name != "section" else panel
    return {name: " ".join(panel.get_text(" ").split()) for name, panel in panels.items()}


def submitted(author: Any, name: str) -> Organisation:
    organisation = make_draft_organisation(author=author, name=name)
    organisation.get_workflow().start(organisation, author)
    return organisation


def test_what_waits_for_whom() -> None:
    editor, reviewer = make_user("editor"), make_user("reviewer")
    submitted(editor, "To be read")
    submitted(reviewer, "Of the reviewer")
    sent_back = submitted(editor, "Sent back")
    sent_back.current_workflow_task_state.reject(user=reviewer, comment="Which country?")
    for_reviewer, for_editor = desk(reviewer)["waiting"], desk(editor)["waiting"]
    assert "(1)" in for_reviewer
    assert "To be read" in for_reviewer
    assert "Of the reviewer" not in for_reviewer, "an own text waits for somebody else"
    assert "(1)" in for_editor
    assert "Which country?" in for_editor
    assert "To be read" not in for_editor
    assert "(2)" in desk(make_user("reviewer"))["waiting"]


def test_the_desk_and_the_gate_agree_who_wrote_a_text() -> None:
    """A colleague who saves a text unchanged and submits it is not its author: the colleague may approve it."""
    writer, colleague = make_user("reviewer"), make_user("reviewer")
    organisation = make_draft_organisation(author=writer, name="Whose text")
    organisation.save_revision(user=colleague, clean=False)
    organisation.refresh_from_db()
    organisation.get_workflow().start(organisation, colleague)
    task = organisation.current_workflow_task
    for user, approves in ((writer, False), (colleague, True)):
        assert ("approve" in [name for name, *_rest in task.get_actions(organisation, user)]) is approves
        assert ("Whose text" in desk(user)["waiting"]) is approves
    assert f"by {writer}" in desk(colleague)["waiting"]


def test_what_waits_costs_the_same_with_more_of_it() -> None:
    reviewer = make_user("reviewer")

    def wait(number: int) -> None:
        for name in range(number):
            organisation = submitted(make_user("editor"), f"Text {number} {name}")
            # The reviewer has saved it, so that the contents are compared.
            organisation.save_revision(user=reviewer, clean=False)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(waiting_for(reviewer))
        return len(queries)

    wait(2)
    before = cost()
    wait(5)
    assert cost() <= before


def test_drafts_stale_entries_reports_and_missing_texts() -> None:
    editor = make_user("editor")
    make_draft_organisation(author=editor, name="Half done")
    make_draft_organisation(author=make_user("editor"), name="Of somebody else")
    today = timezone.localdate()
    make_organisation(name="Old", confirmed_on=today - timedelta(days=600))
    make_organisation(name="Fresh", confirmed_on=today)
    report_error(organisation=Organisation.objects.get(name="Fresh"), message="The number is wrong.")
    make_chart(
        name="Told in two",
        translations={"fr": {"name": "En deux"}},
        organisations=[Organisation.objects.get(name="Fresh")],
    )
    panels = desk(editor)
    assert "(1)" in panels["drafts"]
    assert "Half done" in panels["drafts"]
    assert "Of somebody else" not in panels["drafts"]
    assert "Old" in panels["stale"]
    assert "Fresh" not in panels["stale"]
    assert "Fresh: The number is wrong." in panels["reports"]
    table = panels["translations"]
    assert "Organisations 0 2 2 2 2" in table
    assert "Practice charts 0 0 1 1 1" in table
    assert "Half done" in panels["changes"]


def test_entries_that_nobody_ever_confirmed_wait_too(client_for) -> None:
    today = timezone.localdate()
    make_organisation(name="Confirmed", confirmed_on=today)
    assert "All entries are confirmed" in desk(make_user("editor"))["stale"]
    for number in range(9):
        make_organisation(name=f"Imported {number}", imported_on=today)
    make_organisation(name="Lapsed", confirmed_on=today - timedelta(days=600))
    make_organisation(name="Imported long ago", imported_on=today - timedelta(days=600))
    panel = desk(make_user("editor"))["stale"]
    assert "(11)" in panel
    assert "All entries are confirmed" not in panel
    assert "Due or run out: 2" in panel
    assert "Never confirmed: 9" in panel
    assert panel.index("Lapsed") < panel.index("Imported long ago") < panel.index("Imported 0")
    page = BeautifulSoup(client_for("editor").get(reverse("wagtailadmin_home")).content, "html.parser")
    link = page.find("a", string="Never confirmed: 9")
    listed = client_for("editor").get(link["href"]).context["object_list"]
    assert [organisation.name for organisation in listed] == [f"Imported {number}" for number in range(9)]


def test_the_desk_costs_the_same_with_more_records() -> None:
    editor = make_user("editor")
    client = signed_in(editor)

    def cost() -> int:
        client.get(reverse("wagtailadmin_home"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("wagtailadmin_home"))
        return len(queries)

    make_organisation()
    submitted(editor, "One")
    before = cost()
    for number in range(5):
        make_organisation(confirmed_on=timezone.localdate() - timedelta(days=500))
        submitted(editor, f"More {number}")
    assert cost() <= before + 1
    assert before < 48


def test_the_roles_may_write_and_none_may_publish_past_the_gate() -> None:
    ensure_editor_permissions()
    for role in ("Editors", "Reviewers"):
        held = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
        assert {"add_organisation", "change_practicechart", "lock_network", "add_term", "change_errorreport"} <= held
        assert not [codename for codename in held if codename.startswith("publish_")]
    assert not Group.objects.get(name="Editors").permissions.filter(codename="delete_term").exists()
    assert not Group.objects.get(name="Members").permissions.exists()


def test_every_kind_of_record_goes_through_the_review() -> None:
    attached = {row.content_type.model_class(): row.workflow.name for row in WorkflowContentType.objects.all()}
    assert attached == dict.fromkeys(record_models().values(), "Review")


def test_another_workflow_of_an_operator_is_kept() -> None:
    from wagtail.models import Workflow

    other = Workflow.objects.create(name="Two readers")
    WorkflowContentType.objects.filter(content_type__model="organisation").update(workflow=other)
    call_command("migrate", verbosity=0)
    assert Organisation.get_default_workflow() == other


def test_the_menu_speaks_of_the_field(client_for) -> None:
    page = client_for("editor").get(reverse("wagtailadmin_home")).content.decode()
    for words in ("Directory", "Practice charts", "Lists of terms"):
        assert words in page
    assert reverse("wagtailsnippets:index") not in page


def test_the_mail_to_reviewers_names_the_text_and_leads_to_it(mailoutbox) -> None:
    reviewer = make_user("reviewer")
    organisation = submitted(make_user("editor"), "Ponte & Porto <3")
    mail = next(mail for mail in mailoutbox if mail.to == [reviewer.email])
    assert "“Ponte & Porto <3” waits for somebody to read it" in mail.body
    assert f"/admin/organisations/edit/{organisation.pk}/" in mail.body
    assert "here: http://localhost:8000\n" not in mail.body


def test_pages_that_follow_by_themselves_are_no_change() -> None:
    make_page("A page", slug="a-page")
    changes = desk(make_user("reviewer"))["changes"]
    assert changes.count("A page") == 1
    assert "alias" not in changes.lower()


def test_the_head_counts_records_and_the_pages_that_somebody_wrote() -> None:
    make_draft_organisation()
    make_chart(organisations=[make_organisation()])
    make_page("A page", slug="a-page")
    written = Page.objects.filter(alias_of=None, depth__gt=1).count()
    page = BeautifulSoup(signed_in(make_user("administrator")).get(reverse("wagtailadmin_home")).content, "html.parser")
    head = {" ".join(item.get_text(" ").split()): item.a["href"] for item in page.select(".w-summary li")}
    assert head["2 Organisations"] == screen(Organisation, "list")
    assert "1 Practice chart" in head
    assert f"{written} Pages" in " ".join(head)
