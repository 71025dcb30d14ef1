"""Publishing pages: the gate, four eyes, the workflow, the screens."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Site, Workflow
from wagtail.signals import page_published

from platform_site.home.models import PlainPage, ReviewTask
from platform_site.records.gate import PublishRefused
from tests.factories import SCREEN_ROLES, home_page, make_draft_page, make_page, make_user

pytestmark = pytest.mark.django_db


def submitted(author: Any) -> Any:
    page = make_draft_page("A text", slug="text", author=author)
    page.get_workflow().start(page, author)
    return PlainPage.objects.get(pk=page.pk)


def approve(page: Any, user: Any) -> None:
    page.current_workflow_task.specific.on_action(page.current_workflow_task_state, user, "approve")


def is_live(page: Any) -> bool:
    return bool(PlainPage.objects.get(pk=page.pk).live)


# --- what the migration made ------------------------------------------------------------------------------------
def test_a_new_site_has_its_languages_its_roles_and_the_review() -> None:
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("localhost", 8000, django_settings.PLATFORM_NAME)
    assert site.root_page.specific == home_page("en")
    assert set(Group.objects.values_list("name", flat=True)) == {"Editors", "Reviewers", "Members"}
    workflow = Workflow.objects.get()
    task = workflow.tasks.get().specific
    assert isinstance(task, ReviewTask)
    assert [group.name for group in task.groups.all()] == ["Reviewers"]
    assert Page.objects.get(depth=1).workflowpage.workflow == workflow
    assert Page.find_problems() == ([], [], [], [], [])


def test_nobody_has_a_publish_permission_of_their_own() -> None:
    given = set(GroupPagePermission.objects.values_list("group__name", "permission__codename"))
    assert given == {
        ("Editors", "add_page"),
        ("Editors", "change_page"),
        ("Reviewers", "add_page"),
        ("Reviewers", "change_page"),
        ("Reviewers", "lock_page"),
        ("Reviewers", "unlock_page"),
    }


@pytest.mark.parametrize(
    ("role", "status"), [("member", 403), ("editor", 200), ("reviewer", 200), ("administrator", 200)]
)
def test_who_may_enter_the_admin(client: Client, role: str, status: int) -> None:
    client.force_login(make_user(role))
    assert client.get("/admin/").status_code == status


# --- the gate ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["registered", "member", "editor"])
def test_only_reviewers_publish(role: str) -> None:
    page = make_draft_page(author=make_user("editor"))
    with pytest.raises(PublishRefused, match="Only reviewers"):
        page.latest_revision.publish(user=make_user(role))
    assert not is_live(page)


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_nobody_publishes_an_own_text(role: str, settings: Any) -> None:
    author = make_user(role)
    page = make_draft_page(author=author)
    with pytest.raises(PublishRefused):
        page.latest_revision.publish(user=author)
    assert not is_live(page)
    page.latest_revision.publish(user=make_user("reviewer"))
    assert is_live(page)
    settings.PUBLISH_FOUR_EYES = False
    second = make_draft_page(author=author)
    second.latest_revision.publish(user=author)
    assert is_live(second)


def test_an_incomplete_page_is_not_published_whoever_tries() -> None:
    page = make_draft_page()
    page.kind = "category_overview"
    page.save_revision(clean=False)
    with pytest.raises(PublishRefused, match="Say of which category"):
        page.get_latest_revision().publish()
    assert not is_live(page)


# --- the workflow -----------------------------------------------------------------------------------------------
def test_a_publication_that_breaks_half_way_publishes_nothing() -> None:
    page = make_draft_page("A text", slug="text", author=make_user("editor"))

    def broken(**_arguments: Any) -> None:
        raise OSError("The disk is full.")

    page_published.connect(broken)
    try:
        with pytest.raises(OSError, match="disk"):
            page.latest_revision.publish(user=make_user("reviewer"))
    finally:
        page_published.disconnect(broken)
    assert not is_live(page)


def test_a_reviewer_approves_what_an_editor_wrote() -> None:
    page = submitted(make_user("editor"))
    approve(page, make_user("reviewer"))
    assert is_live(page)
    assert PlainPage.objects.filter(translation_key=page.translation_key, live=True).count() == 5


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_the_author_is_not_offered_to_approve_and_cannot(role: str) -> None:
    author = make_user(role)
    page = submitted(author)
    task = page.current_workflow_task.specific
    assert {name for name, _label, _modal in task.get_actions(page, author)} == {"reject"}
    assert "approve" in {name for name, _label, _modal in task.get_actions(page, make_user("reviewer"))}
    with pytest.raises(PublishRefused):
        approve(page, author)
    page = PlainPage.objects.get(pk=page.pk)
    assert page.current_workflow_task_state.status == "in_progress"
    assert not page.live


def test_an_editor_may_not_approve() -> None:
    page = submitted(make_user("editor"))
    assert page.current_workflow_task.specific.get_actions(page, make_user("editor")) == []


def test_a_text_that_is_sent_back_stays_a_draft() -> None:
    page = submitted(make_user("editor"))
    task = page.current_workflow_task.specific
    task.on_action(page.current_workflow_task_state, make_user("reviewer"), "reject", comment="Please shorten.")
    page = PlainPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.current_workflow_state.status == "needs_changes"
    assert page.current_workflow_state.current_task_state.comment == "Please shorten."


def incomplete(author: Any) -> Any:
    """A page that was submitted without what its kind needs, as a form that was not validated could leave it."""
    page = make_draft_page("A text", slug="text", author=author)
    page.kind = "category_overview"
    page.save_revision(user=author, clean=False)
    page.get_workflow().start(page, author)
    return PlainPage.objects.get(pk=page.pk)


def test_what_the_gate_refuses_is_not_half_approved() -> None:
    page = incomplete(make_user("editor"))
    with pytest.raises(PublishRefused, match="Say of which category"):
        approve(page, make_user("reviewer"))
    page = PlainPage.objects.get(pk=page.pk)
    assert page.current_workflow_task_state.status == "in_progress"
    assert not page.live


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
def test_the_screen_says_why_the_gate_refuses(client: Client, headers: dict[str, str]) -> None:
    page = incomplete(make_user("editor"))
    client.force_login(make_user("reviewer"))
    action = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )
    response = client.post(action, headers=headers)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if headers:
        assert response.json()["redirect"] == edit
    else:
        assert response["Location"] == edit
    assert "Say of which category" in client.get(edit).content.decode()
    assert not is_live(page)


# --- the screens ------------------------------------------------------------------------------------------------
def form_of(page: Any, **changes: str) -> dict[str, str]:
    """What the browser sends from the edit screen of a page."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "kind": page.kind,
        "category": "",
        "intro": "",
        "source": "",
        "source_url": "",
        "checked_on": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-value": "Some words.",
        "body-0-id": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return {**fields, **changes}


def test_the_publish_button_says_why_not_and_keeps_the_text(client: Client) -> None:
    administrator = make_user("administrator")
    client.force_login(administrator)
    page = make_draft_page("Old", slug="text", author=make_user("editor"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(edit, form_of(page, title="New", **{"action-publish": "1"}), follow=True)
    assert response.request["PATH_INFO"] == edit
    assert "four eyes" in response.content.decode()
    page = PlainPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.get_latest_revision_as_object().title == "New"


def test_a_new_page_that_is_published_at_once_is_kept_as_a_draft(client: Client) -> None:
    client.force_login(make_user("administrator"))
    add = reverse("wagtailadmin_pages:add", args=["home", "plainpage", home_page().pk])
    blank = PlainPage(title="Brand new", slug="brand-new")
    response = client.post(add, form_of(blank, **{"action-publish": "1"}), follow=True)
    assert "four eyes" in response.content.decode()
    page = PlainPage.objects.get(slug="brand-new")
    assert not page.live


def test_an_editor_writes_and_submits_a_reviewer_approves(client: Client) -> None:
    client.force_login(make_user("editor"))
    add = reverse("wagtailadmin_pages:add", args=["home", "plainpage", home_page().pk])
    blank = PlainPage(title="From the desk", slug="from-the-desk")
    client.post(add, form_of(blank, **{"action-submit": "1"}))
    page = PlainPage.objects.get(slug="from-the-desk")
    assert page.workflow_in_progress
    reviewer = Client()
    reviewer.force_login(make_user("reviewer"))
    action = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )
    reviewer.post(action)
    assert is_live(page)
    assert Client().get("/it/from-the-desk/").status_code == 200


def test_a_translation_is_written_from_the_alias(client: Client) -> None:
    page = make_page("About us", slug="about")
    alias = PlainPage.objects.get(translation_key=page.translation_key, locale__language_code="de")
    client.force_login(make_user("editor"))
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    client.post(
        reverse("wagtailadmin_pages:edit", args=[alias.pk]),
        form_of(alias, title="Über uns", **{"action-submit": "1"}),
    )
    assert Client().get("/de/about/").context["is_stand_in"] is True
    german = PlainPage.objects.get(pk=alias.pk)
    approve(german, make_user("reviewer"))
    response = Client().get("/de/about/")
    assert response.context["is_stand_in"] is False
    assert "Über uns" in response.content.decode()


def test_a_slug_that_is_taken_elsewhere_is_an_error_at_the_field(client: Client) -> None:
    make_page(slug="about")
    client.force_login(make_user("editor"))
    add = reverse("wagtailadmin_pages:add", args=["home", "plainpage", home_page("de").pk])
    for slug in ("about", "directory"):
        response = client.post(add, form_of(PlainPage(title="Über uns", slug=slug)))
        assert response.status_code == 200
        assert "slug" in response.context["form"].errors
    assert not PlainPage.objects.filter(title="Über uns").exists()


def test_reviewers_take_pages_off_the_site_and_editors_do_not(client: Client) -> None:
    page = make_page(slug="about")
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    client.force_login(make_user("editor"))
    client.post(unpublish)
    assert is_live(page)
    client.force_login(make_user("reviewer"))
    client.post(unpublish)
    assert not is_live(page)


@pytest.mark.parametrize("role", SCREEN_ROLES)
def test_every_screen_of_pages_answers(client: Client, role: str) -> None:
    page = make_page(slug="about")
    alias = PlainPage.objects.get(translation_key=page.translation_key, locale__language_code="de")
    client.force_login(make_user(role))
    paths = [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{home_page().pk}/",
        reverse("wagtailadmin_pages:add_subpage", args=[home_page().pk]),
        *(
            reverse(f"wagtailadmin_pages:{name}", args=[member.pk])
            for member in (page, alias, home_page())
            for name in ("edit", "history", "usage", "view_draft", "copy", "move", "delete", "unpublish")
        ),
        "/admin/pages/search/?q=about",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/site-history/",
        "/admin/account/",
    ]
    for path in paths:
        assert client.get(path).status_code in {200, 302}, path


def test_the_preview_shows_the_draft_in_its_language(client: Client) -> None:
    page = make_draft_page("Entwurf", slug="entwurf", language="de", text="Noch nicht öffentlich.")
    client.force_login(make_user("editor"))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    body = response.content.decode()
    assert "Noch nicht öffentlich." in body
    assert '<html lang="de"' in body
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
