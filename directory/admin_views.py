"""What the editors of the directory do beyond editing: confirm an entry, narrow its list by what the field asks."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from directory.access import check_may_confirm
from directory.dashboard import WAITING, with_freshness
from directory.freshness import KINDS, freshness
from directory.models import CountryFact, CountryProfile, Organisation
from directory.services import confirm_record
from platform_site.accounts.roles import is_editor
from platform_site.records.admin_views import RecordEditView
from platform_site.records.admin_views_lists import RecordFilterSet, numbers_only
from platform_site.records.forms_terms import term_choices


class OrganisationFilterSet(RecordFilterSet):
    """What the list of organisations can be narrowed by."""

    country = django_filters.ChoiceFilter(
        label=gettext_lazy("Country"), field_name="country__code", choices=lambda: term_choices("countries")
    )
    type = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"),
        field_name="organisation_type__code",
        choices=lambda: term_choices("organisation_types"),
    )
    membership = django_filters.ChoiceFilter(
        label=gettext_lazy("Membership"),
        field_name="membership_status__code",
        choices=lambda: term_choices("membership_statuses"),
    )
    freshness = django_filters.ChoiceFilter(
        label=gettext_lazy("Confirmed"),
        method="by_freshness",
        choices=lambda: [("waiting", _("Due or run out")), *KINDS],
    )

    def by_freshness(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to published entries in one state of confirmation, or in those that somebody has to look at."""
        return with_freshness(queryset.filter(live=True), WAITING if value == "waiting" else (value,))


class NetworkFilterSet(RecordFilterSet):
    """What the list of networks can be narrowed by."""

    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), field_name="kind__code", choices=lambda: term_choices("network_kinds")
    )


class ProgrammeFilterSet(RecordFilterSet):
    """What the list of programmes can be narrowed by."""

    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), field_name="kind__code", choices=lambda: term_choices("programme_kinds")
    )


class ProfileFilterSet(RecordFilterSet):
    """What the list of country profiles can be narrowed by."""

    freshness = django_filters.ChoiceFilter(
        label=gettext_lazy("Looked at"),
        method="by_freshness",
        choices=lambda: [("waiting", _("Due or run out")), *KINDS],
    )
    indicator = django_filters.ChoiceFilter(
        label=gettext_lazy("With a value of"), method="by_indicator", choices=lambda: term_choices("indicators")
    )
    without = django_filters.ChoiceFilter(
        label=gettext_lazy("Without a value of"), method="by_absence", choices=lambda: term_choices("indicators")
    )

    def by_freshness(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to published profiles in one state, or to those that somebody has to look at."""
        return with_freshness(queryset.filter(live=True), WAITING if value == "waiting" else (value,))

    def by_indicator(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to profiles with a value of the indicator."""
        return queryset.filter(pk__in=_stating(value))

    def by_absence(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to profiles that lack the indicator."""
        return queryset.exclude(pk__in=_stating(value))


def _stating(code: str) -> Any:
    return CountryFact.objects.filter(indicator__code=code).values("profile")


class ConfirmableEditView(RecordEditView):
    """An organisation or a country's profile, with the button that confirms it."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The buttons beside the title."""
        buttons = [*super().header_buttons]
        if self.live_object.live and is_editor(self.request.user):
            url = reverse(self.model.snippet_viewset.get_url_name("confirm"), args=[quote(self.object.pk)])
            buttons.append(HeaderButton(label=_("Confirm today"), url=url, icon_name="check"))
        return buttons


class ConfirmView(View):
    """Asks once more, then notes that the entry is true today."""

    model: Any = Organisation
    explanation: Any = gettext_lazy(
        "Confirm it when the organisation told you, or its own site shows, that everything in the entry is true today. "
        "Readers see the day."
    )

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what confirming means."""
        record = get_object_or_404(self.model, pk=pk)
        check_may_confirm(request.user, record)
        context = {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": self.edit_url(pk), "label": str(record)},
                {"url": "", "label": _("Confirm today")},
            ],
            "header_title": _("Confirm today"),
            "header_icon": "check",
            "edit_url": self.edit_url(pk),
            "freshness": freshness(record),
            "explanation": self.explanation,
        }
        return render(request, "directory/admin/confirm.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm the entry."""
        record = confirm_record(record=get_object_or_404(self.model, pk=pk), user=request.user)
        messages.success(request, _("%(name)s is confirmed as of today.") % {"name": record})
        return redirect(self.edit_url(pk))

    def edit_url(self, pk: int) -> str:
        """Return the address of the entry's form."""
        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=[quote(pk)])


class BulkConfirm(SnippetBulkAction):
    """Confirms several published entries at once, after a round of mails for example."""

    display_name = gettext_lazy("Confirm today")
    aria_label = gettext_lazy("Confirm the chosen entries today")
    action_type = "confirm"
    action_priority = 10
    template_name = "directory/admin/bulk_confirm.html"
    # Not all snippets, as the base has it.
    models = [Organisation, CountryProfile]

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        """Return the chosen records; what is no number is none."""
        return super().get_queryset(model, numbers_only(object_ids))

    def check_perm(self, obj: Any) -> bool:
        """Say whether the entry can be confirmed by this person; the others are listed as left alone."""
        try:
            check_may_confirm(self.request.user, obj)
        except PermissionDenied:
            return False
        return True

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Confirm each."""
        for record in objects:
            confirm_record(record=record, user=kwargs["self"].request.user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Return how many were confirmed."""
        return ngettext(
            "%(count)d entry is confirmed as of today.",
            "%(count)d entries are confirmed as of today.",
            num_parent_objects,
        ) % {"count": num_parent_objects}
