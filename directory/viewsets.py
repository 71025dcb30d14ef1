"""The editors' screens of the directory."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directory.admin_views import (
    ConfirmableEditView,
    ConfirmView,
    NetworkFilterSet,
    OrganisationFilterSet,
    ProfileFilterSet,
    ProgrammeFilterSet,
)
from directory.freshness import freshness
from directory.indicator_views import IndicatorViewSet
from directory.models import CountryProfile, ErrorReport, Network, Organisation, Programme
from directory.panels import ReportPanel, network_tabs, organisation_tabs, programme_tabs
from directory.procedure_screens import ProcedureNoteViewSet
from directory.profiles.panels import profile_tabs
from platform_site.records.admin_views_lists import DefusedExportMixin, StateColumn
from platform_site.records.viewsets import RecordViewSet
from platform_site.vocabulary.store import entry_by_id


def _freshness_word(record: Any) -> str:
    return freshness(record).word if record.live else ""


def _kind(record: Any) -> Any:
    return entry_by_id(record.kind_id) or ""


def _code(name: str) -> Any:
    """Return a function that gives the code of a term property of a record, "" where there is none."""

    def code(record: Any) -> str:
        entry = getattr(record, name)
        return entry.code if entry else ""

    return code


class OrganisationViewSet(RecordViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    url_prefix = "organisations"
    menu_order = 10
    tabs = staticmethod(organisation_tabs)
    edit_view_class = ConfirmableEditView
    filterset_class = OrganisationFilterSet
    search_fields = ("name", "short_name", "acronym", "native_name")
    list_display = [
        "__str__",
        Column("country_entry", label=_("Country"), sort_key="country__label_en"),
        Column("membership_entry", label=_("Membership"), sort_key="membership_status__label_en"),
        Column("freshness", label=_("Confirmed"), accessor=_freshness_word, sort_key="confirmed_on"),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "name": (_("name"), str),
        "short_name": (_("short name"), lambda record: record.short_name),
        "acronym": (_("acronym"), lambda record: record.acronym),
        "country": (_("country"), _code("country_entry")),
        "type": (_("type"), _code("type_entry")),
        "membership": (_("membership"), _code("membership_entry")),
        "member_since": (_("member since"), lambda record: record.member_since),
        "website": (_("website"), lambda record: record.website),
        "office_email": (_("office mail"), lambda record: record.office_email),
        "languages": (_("languages"), lambda record: ";".join(record.codes("languages"))),
        "confirmed_on": (_("confirmed on"), lambda record: record.confirmed_on),
        "published": (_("published"), lambda record: record.live),
        "address": (_("address"), lambda record: record.get_absolute_url()),
    }
    list_prefetch = ("terms",)

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses, with the one that confirms an entry."""
        return [*super().get_urlpatterns(), path("confirm/<int:pk>/", ConfirmView.as_view(), name="confirm")]


class NetworkViewSet(RecordViewSet):
    """Networks."""

    model = Network
    icon = "site"
    url_prefix = "networks"
    menu_order = 20
    tabs = staticmethod(network_tabs)
    filterset_class = NetworkFilterSet
    search_fields = ("name", "full_name")
    list_display = [
        "__str__",
        "full_name",
        Column("kind", label=_("Kind"), accessor=_kind),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "name": (_("short name"), str),
        "full_name": (_("full name"), lambda record: record.full_name),
        "kind": (_("kind"), lambda record: record.kind.code if record.kind else ""),
        "website": (_("website"), lambda record: record.website),
        "members": (
            _("members"),
            lambda record: "; ".join(row.organisation.name for row in record.memberships.all()),
        ),
        "published": (_("published"), lambda record: record.live),
    }
    list_select = ("kind",)
    list_prefetch = ("memberships__organisation",)


class ProgrammeViewSet(RecordViewSet):
    """Programmes."""

    model = Programme
    icon = "folder-open-inverse"
    url_prefix = "programmes"
    menu_order = 30
    tabs = staticmethod(programme_tabs)
    filterset_class = ProgrammeFilterSet
    search_fields = ("name", "acronym", "funder")
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor=_kind),
        "start",
        "end",
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "name": (_("name"), str),
        "acronym": (_("acronym"), lambda record: record.acronym),
        "kind": (_("kind"), lambda record: record.kind.code if record.kind else ""),
        "start": (_("start"), lambda record: record.start),
        "end": (_("end"), lambda record: record.end),
        "countries": (_("countries"), lambda record: ";".join(record.codes("countries"))),
        "funder": (_("funder"), lambda record: record.funder),
        "published": (_("published"), lambda record: record.live),
    }
    list_select = ("kind",)
    list_prefetch = ("terms",)


class ProfileViewSet(RecordViewSet):
    """Country profiles."""

    model = CountryProfile
    icon = "globe"
    url_prefix = "country-profiles"
    menu_order = 35
    tabs = staticmethod(profile_tabs)
    edit_view_class = ConfirmableEditView
    filterset_class = ProfileFilterSet
    search_fields = ("country__label_en", "country__code", "native_name")
    list_display = [
        "__str__",
        Column("code", label=_("Code"), accessor=lambda profile: profile.public_id, sort_key="country__code"),
        Column("number_of_values", label=_("Values of indicators"), accessor=lambda profile: len(profile.facts.all())),
        Column("freshness", label=_("Confirmed"), accessor=_freshness_word, sort_key="confirmed_on"),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "country": (_("country"), lambda profile: profile.public_id),
        "keeper": (_("kept by"), lambda profile: profile.keeper.name if profile.keeper else ""),
        "confirmed_on": (_("confirmed on"), lambda profile: profile.confirmed_on),
        "values": (_("values of indicators"), lambda profile: len(profile.facts.all())),
        "languages": (_("languages"), lambda profile: ";".join(sorted(profile.content_languages))),
        "published": (_("published"), lambda profile: profile.live),
    }
    list_select = ("keeper",)
    list_prefetch = ("facts", "texts")

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses, with the one that confirms a profile."""
        view = ConfirmView.as_view(
            model=CountryProfile,
            explanation=_(
                "Confirm it when you have looked at texts, values and links, and all of it is true today. "
                "Readers see the day."
            ),
        )
        return [*super().get_urlpatterns(), path("confirm/<int:pk>/", view, name="confirm")]


class ReportIndexView(DefusedExportMixin, IndexView):
    """The list of error reports."""


class ReportPolicy(ModelPermissionPolicy):
    """Reports come from readers: nobody adds one here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Say whether `user` may do `action`."""
        return action != "add" and bool(super().user_has_permission(user, action))


class ErrorReportViewSet(ModelViewSet):
    """Reports of errors: what a reader says is wrong, and what became of it."""

    model = ErrorReport
    icon = "warning"
    name = "error-reports"
    menu_order = 40
    index_view_class = ReportIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    search_fields = ("record_name", "message", "note")
    list_filter = ["state", "created_at"]
    list_per_page = 30
    list_display = [
        "record_name",
        Column("message", label=_("What is wrong"), accessor=lambda report: Truncator(report.message).chars(90)),
        "state",
        "created_at",
    ]
    list_export = ["record_name", "message", "reply_to", "state", "note", "created_at", "changed_at"]
    export_filename = "error-reports"
    edit_handler = ObjectList([ReportPanel(), FieldPanel("state"), FieldPanel("note")])

    @property
    def permission_policy(self) -> ReportPolicy:
        """Who may do what."""
        return ReportPolicy(self.model)


class DirectoryGroup(SnippetViewSetGroup):
    """The directory in the menu."""

    items = (
        OrganisationViewSet,
        NetworkViewSet,
        ProgrammeViewSet,
        ProfileViewSet,
        IndicatorViewSet,
        ProcedureNoteViewSet,
        ErrorReportViewSet,
    )
    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 110
