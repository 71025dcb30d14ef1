"""Taking a record off the site, and deleting what was never on it: both name what refers to it first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.generic.models import RevisionsUnscheduleView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView

from platform_site.accounts.roles import is_administrator, is_reviewer
from platform_site.records.admin_views_lists import numbers_only
from platform_site.records.admin_views_reviewers import ReviewersFormView, way_to
from platform_site.records.forms import WithdrawForm
from platform_site.records.models import Record
from platform_site.records.references import LISTED, references_to
from platform_site.records.registry import record_for_key
from platform_site.records.services import withdraw_record


def deletion_obstacles(target: Any, user: Any) -> list[str]:
    """Return, as sentences, why `target` (a record or a term) cannot be deleted by `user` whoever refers to it."""
    if not isinstance(target, Record):
        return []
    if target.live:
        return [_("It is published. Withdraw it first: then its address says why it is gone.")]
    if target.first_published_at and not is_administrator(user):
        return [_("It was published once and its address says why it is gone. Only administrators delete it for good.")]
    return []


class NamesReferences:
    """For views that show what refers to an object, as links for those who may edit it."""

    request: HttpRequest
    object: Any

    @cached_property
    def references(self) -> list[Any]:
        """What refers to the object."""
        return references_to(self.object)

    def reference_context(self) -> dict[str, Any]:
        """Return what the partial `records/references.html` shows: the first ones, and the number of all."""
        finder = AdminURLFinder(self.request.user)
        shown = [
            {"label": str(reference.holder), "how": reference.how, "url": finder.get_edit_url(reference.holder)}
            for reference in self.references[:LISTED]
        ]
        return {"references": shown, "reference_count": len(self.references)}


class ReferencesView(NamesReferences, PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """What refers to a record or a term, whether one can delete it or not (in place of Wagtail's "usage")."""

    any_permission_required = ["add", "change", "delete", "view"]
    index_url_name: str = ""
    edit_url_name: str = ""
    template_name = "records/usage.html"
    page_title = gettext_lazy("What refers to it")
    header_icon = "link"

    def get_page_subtitle(self) -> str:
        """Return the name of the object."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return way_to(self.object, self.index_url_name, self.edit_url_name, self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context."""
        return {**super().get_context_data(**kwargs), **self.reference_context()}


class GuardedDeleteView(NamesReferences, DeleteView):
    """Deletes a record or a term that nothing refers to and that was never published."""

    template_name = "records/confirm_delete.html"

    @cached_property
    def obstacles(self) -> list[str]:
        """Why the object stays."""
        return deletion_obstacles(self.object, self.request.user)

    def get_usage(self) -> None:
        """Wagtail's index of references is not asked: the foreign keys are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context of the question, or of the refusal."""
        self.usage_url = None
        context: dict[str, Any] = super().get_context_data(**kwargs)
        refused = bool(self.obstacles or self.references)
        return {**context, **self.reference_context(), "obstacles": self.obstacles, "is_protected": refused}

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or show again what stands against it."""
        if self.obstacles or self.references:
            return self.render_to_response(self.get_context_data(form=form), status=409)
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            # Somebody referred to it in this very moment.
            messages.error(self.request, _("Something refers to it by now. Nothing was deleted."))
            return redirect(self.request.path)
        return response


class GuardedBulkDelete(DeleteBulkAction):
    """Wagtail's deletion of several, with the same refusals as for one, and their reasons."""

    template_name = "records/bulk_delete.html"

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> list[Any]:
        """Return the chosen objects; what is no number is no object."""
        found: list[Any] = super().get_queryset(model, numbers_only(object_ids))
        return found

    def check_perm(self, snippet: Any) -> bool:
        """Say whether `snippet` may be deleted; the screen lists the others as left alone."""
        return not self.reasons(snippet)

    def reasons(self, snippet: Any) -> list[str]:
        """Return, as sentences, why `snippet` stays; none if it may be deleted."""
        if not super().check_perm(snippet):
            return [_("You may not delete this.")]
        found = deletion_obstacles(snippet, self.request.user)
        if not found and (count := len(references_to(snippet))):
            words = ngettext(
                "%(number)d entry refers to it. Change it first.",
                "%(number)d entries refer to it. Change them first.",
                count,
            )
            found = [words % {"number": count}]
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context, with why what stays does."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["staying"] = [(item, self.reasons(item)) for item in context["items_with_no_access"]]
        return context

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Delete one by one, so that each tells the caches and the history."""
        from wagtail.log_actions import log

        for target in objects:
            log(instance=target, action="wagtail.delete")
            target.delete()
        return len(objects), 0


class WithdrawView(NamesReferences, ReviewersFormView):
    """Takes a record off the site, with a reason and perhaps another record in its place.

    In place of Wagtail's "unpublish", which asks for neither. For reviewers.
    """

    form_class = WithdrawForm
    template_name = "records/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let reviewers in; what is not on the site cannot leave it."""
        if is_reviewer(request.user) and not self.object.live:
            messages.warning(request, _("It is not published, so there is nothing to withdraw."))
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the arguments of the form."""
        return {**super().get_form_kwargs(), "record": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context: what refers to the record keeps referring to it."""
        return {**super().get_context_data(**kwargs), **self.reference_context()}

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        """Withdraw; a refusal of the service stands beside its field."""
        successor = form.cleaned_data["successor"]
        try:
            withdraw_record(
                record=self.object,
                user=self.request.user,
                reason=form.cleaned_data["reason"],
                language=form.cleaned_data["language"],
                successor=successor,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        self.say(successor)
        return redirect(self.get_success_url())

    def say(self, successor: str) -> None:
        """Tell what happened and what is left to do."""
        name = str(self.object)
        if successor:
            words = {"name": name, "other": str(record_for_key(successor))}
            messages.success(self.request, _("%(name)s is withdrawn; its address leads to %(other)s.") % words)
        else:
            messages.success(self.request, _("%(name)s is withdrawn; its address says why.") % {"name": name})
        if self.references:
            words = {"count": str(len(self.references))}
            messages.warning(
                self.request, _("Still refer to it: %(count)s. Nothing was moved; go through them one by one.") % words
            )


class ReviewerUnscheduleView(RevisionsUnscheduleView):
    """Takes a version off the schedule. For reviewers."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let reviewers in."""
        if not is_reviewer(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
