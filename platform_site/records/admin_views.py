"""Editing a record: what the gate refuses is said on the edit screen, and nothing that was written is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, HistoryView, WorkflowActionView

from platform_site.accounts.roles import is_reviewer
from platform_site.records.addresses import free_slug
from platform_site.records.admin_views_lists import numbers_only
from platform_site.records.admin_views_questions import ask_reviewer
from platform_site.records.comments import may_comment
from platform_site.records.forms import own_language
from platform_site.records.gate import PublishRefused
from platform_site.records.panels_comments import CommentsSidePanel
from platform_site.records.reviews import answer_words, sent_back, sent_back_words
from platform_site.records.revision_content import same_content
from platform_site.records.schedule import refused_schedule
from platform_site.records.submitting import AsksBeforeReview


def say_refused(request: HttpRequest, reasons: Iterable[str]) -> None:
    """Put each reason of a refusal on the next screen."""
    for reason in reasons:
        messages.error(request, reason)


def is_number_or_nothing(value: str) -> bool:
    """Say whether `value` is empty or can be a primary key."""
    return not value or bool(numbers_only([value]))


def comment_of(data: str) -> str:
    """Return the comment among what the dialogue of a review sent along, "" if it is none of ours."""
    try:
        given = json.loads(data)
    except ValueError:
        return ""
    comment = given.get("comment", "") if isinstance(given, dict) else ""
    return comment if isinstance(comment, str) else ""


def child_paths(model: Any, prefix: str = "") -> list[str]:
    """Return the paths of all child relations, nested ones included, to fetch a record with its rows at once."""
    paths = []
    for relation in get_all_child_relations(model):
        path = f"{prefix}{relation.get_accessor_name()}"
        paths += [path, *child_paths(relation.related_model, f"{path}__")]
    return paths


class ActsThroughGate:
    """For the views that save and act (publish, submit, approve): a refusal keeps the version and says why.

    The action runs in a transaction of its own: an approval that the gate refuses leaves no approved task behind.
    """

    request: HttpRequest

    def get_available_actions(self) -> list[str]:
        """Return what the buttons may ask for. A form that saves itself does no more than that."""
        if self.expects_json_response:  # type: ignore[attr-defined]
            return list(self.actions)  # type: ignore[attr-defined]
        return list(super().get_available_actions())  # type: ignore[misc]

    def run_action_method(self) -> HttpResponse | None:
        """Run the action that the button asked for; lead back to the record with the reasons if it is refused."""
        try:
            with transaction.atomic():
                response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]
                return response
        except PublishRefused as refused:
            say_refused(self.request, refused.reasons)
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]


class ReviewersUnschedule:
    """For views that show "cancel scheduled publish": reviewers may, without Wagtail's permission to publish."""

    request: HttpRequest

    def user_has_permission(self, permission: str) -> bool:
        """Say whether the person may do `permission` here."""
        if permission == "publish":
            return is_reviewer(self.request.user)
        return bool(super().user_has_permission(permission))  # type: ignore[misc]


class RecordCreateView(AsksBeforeReview, ActsThroughGate, CreateView):
    """A new record; its first text is in the editor's language and the original."""

    def get_initial_form_instance(self) -> Any:
        """Return a record with one text to write."""
        record = self.model()
        if hasattr(record, "words_language"):
            record.words_language = own_language()
        relation = next(
            (rel for rel in get_all_child_relations(self.model) if rel.get_accessor_name() == "texts"), None
        )
        if relation is not None and self.request.method == "GET":
            record.texts = [relation.related_model(language=own_language(), is_original=True)]
        return record

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the record; show the form again if somebody took its name or address since the form was checked."""
        try:
            response: HttpResponse = super().form_valid(form)
        except IntegrityError:
            if form.instance.pk is None:
                form.validate_unique()
            if form.is_valid():
                raise
            self.produced_error_code, self.produced_error_message = "taken", None
            response = self.form_invalid(form)
        return response

    def save_instance(self) -> Any:
        """Save the record. An address that was made from the name is made again, in the transaction that keeps it.

        Two that are made at once found the same address free.
        """
        if getattr(self.form, "made_slug", False):
            self.form.instance.slug = free_slug(self.model, self.form.instance.name)
        return super().save_instance()


class RecordEditView(AsksBeforeReview, ReviewersUnschedule, ActsThroughGate, EditView):
    """A record in its latest version."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records with their rows: a form asks for the terms of each row."""
        queryset: QuerySet[Any] = super().get_queryset()
        return queryset.prefetch_related(*child_paths(self.model))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; say why the version did not go live at its time, if that happened."""
        for reason in refused_schedule(self.object):
            messages.warning(request, _("Not published at its time. %(reason)s") % {"reason": reason})
        if answer := sent_back(self.object):
            messages.warning(request, capfirst(sent_back_words(answer)))
        ask_reviewer(request, self.object)
        if self.object.withdrawn_on and not self.object.live:
            messages.info(request, _("Withdrawn: %(reason)s") % {"reason": self.object.withdrawn_reason})
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_side_panels(self) -> MediaContainer:
        """Return the panels at the side, with that of the comments.

        A form that saves itself draws that one not anew, and the form of a record that was new has no place for it yet.
        """
        panels: MediaContainer = super().get_side_panels()
        partial = self.expects_json_response or self.hydrate_create_view
        if not partial and may_comment(self.request.user, self.model):
            panels.append(CommentsSidePanel(self.object, self.request))
        return panels

    def get_usage_url(self) -> None:
        """Show no number of Wagtail's index of references: rows that were written in bulk are not in it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The further actions: its page on the site, and what refers to it, asked of the foreign keys."""
        usage = reverse(self.usage_url_name, args=[quote(self.object.pk)])
        buttons = [*super().header_more_buttons]
        if self.live_object.live:
            page = self.live_object.get_absolute_url()
            buttons.append(Button(_("See it on the site"), url=page, icon_name="view", priority=1))
        buttons.append(Button(_("What refers to it"), url=usage, icon_name="link", priority=40))
        return buttons

    def save_instance(self) -> Any:
        """Save as a new version. What changes nothing makes none: the button then acts on the version that is there.

        Raises PermissionDenied for a version to overwrite that nobody could have been given, and for a form that saves
        itself when there is a newer version by now.
        """
        if not is_number_or_nothing(self.request.POST.get("overwrite_revision_id", "")):
            raise PermissionDenied(_("There is no such version to overwrite."))
        latest = self.latest_under_lock()
        if self.expects_json_response and self.is_out_of_date:
            raise PermissionDenied(_("Somebody saved a newer version meanwhile."))
        record = self.form.save(commit=False)
        if latest is not None and same_content(self.model, latest.content, record.serializable_data()):
            # A form that saves itself is not told of a version: it would write over that one next time.
            self.new_revision = None if self.expects_json_response else latest
            self.has_content_changes = False
            return self.object
        return super().save_instance()

    def latest_under_lock(self) -> Any | None:
        """Return the latest version, and let no other request make one before this one is done.

        Between reading the record and saving it another request may have saved: that of the button which the person
        pressed while the form was about to save itself.
        """
        rows = self.model.objects.select_for_update().filter(pk=self.object.pk)
        pk = rows.values_list("latest_revision", flat=True).get()
        # Read anew even if it is the same one: versions are written over, too.
        self.object.latest_revision = self.object.revisions.filter(pk=pk).first()
        for name in ("latest_revision", "latest_revision_created_at", "is_out_of_date"):
            self.__dict__.pop(name, None)
        return self.object.latest_revision

    def submit_action(self) -> HttpResponse | None:
        """Submit the version that was just saved: Wagtail has read the state of the review before saving it."""
        self.__dict__.pop("workflow_state", None)
        response: HttpResponse | None = super().submit_action()
        return response

    def workflow_action_action(self) -> None:
        """Act on what the form shows: with a change in it the person is its author, and the task refuses."""
        task_state = self.object.current_workflow_task_state
        task_state.revision = self.new_revision
        task_state.save(update_fields=["revision"])
        comment = comment_of(self.request.POST.get("workflow-action-extra-data", ""))
        task = self.object.current_workflow_task
        task.on_action(task_state, self.request.user, self.workflow_action, comment=comment)
        self.answered = task_state

    def get_success_message(self, instance: Any = None) -> str:
        """Say what came of it; of a review Wagtail says no more than "updated"."""
        if self.action == "workflow-action":
            return answer_words(self.answered)
        message: str = super().get_success_message(instance)
        return message


class RecordHistoryView(ReviewersUnschedule, HistoryView):
    """What happened to a record."""


class RecordWorkflowActionView(WorkflowActionView):
    """Approving or sending back from a list, without the form of the record."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act, or say why the gate refuses."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
            messages.success(request, answer_words(self.task_state))
            if self.action_name == "approve" and self.object.workflow_in_progress:
                messages.warning(request, _("It was changed since it was submitted. Look at the new version too."))
        except PublishRefused as refused:
            say_refused(request, refused.reasons)
            edit_url = reverse(self.redirect_url_name, args=(quote(self.object.pk),))
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": edit_url})
            return redirect(edit_url)
        return response
