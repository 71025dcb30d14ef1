"""The editors' screens of the case studies."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from platform_site.records.admin_views_lists import RecordFilterSet, StateColumn
from platform_site.records.admin_views_questions import NobodyKnownView
from platform_site.records.forms_terms import term_choices
from platform_site.records.viewsets import RecordViewSet
from practices.cases.panels import case_tabs
from practices.models import CaseStudy, CaseTerm


class CaseFilterSet(RecordFilterSet):
    """What the list of case studies can be narrowed by."""

    cooperation = django_filters.ChoiceFilter(
        label=_("Cooperation"), method="by_cooperation", choices=lambda: term_choices("cooperation_types")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="country__code", choices=lambda: term_choices("countries")
    )
    consent = django_filters.ChoiceFilter(
        label=_("Consent"),
        method="by_consent",
        choices=[("missing", _("Missing")), *CaseStudy.Consent.choices],
    )

    def by_cooperation(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to case studies with a kind of cooperation."""
        ticked = CaseTerm.objects.filter(term__vocabulary="cooperation_types", term__code=value)
        return queryset.filter(pk__in=ticked.values("owner"))

    def by_consent(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to a kind of consent, or to those whose consent is missing."""
        return queryset.filter(consent_kind="" if value == "missing" else value)


def _cooperation(case: CaseStudy) -> str:
    return ", ".join(entry.label() for entry in case.entries("cooperation_types"))


class CaseViewSet(RecordViewSet):
    """Case studies."""

    model = CaseStudy
    icon = "list-ol"
    url_prefix = "case-studies"
    menu_label = _("Case studies")
    menu_order = 130
    add_to_admin_menu = True
    tabs = staticmethod(case_tabs)
    filterset_class = CaseFilterSet
    search_fields = ("texts__title", "organisation__name", "person_code")
    list_display = [
        "__str__",
        Column("case_no", label=_("Number"), sort_key="case_no"),
        Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
        Column("country_entry", label=_("Country"), sort_key="country__label_en"),
        Column("consent", label=_("Consent"), accessor=lambda case: case.get_consent_kind_display() or "–"),
        UpdatedAtColumn(),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "case_no": (_("case number"), lambda case: case.case_no),
        "title": (_("title"), str),
        "organisation": (_("organisation"), lambda case: case.organisation.name),
        "country": (_("country"), lambda case: case.country_entry.code if case.country_entry else ""),
        "countries": (_("countries involved"), lambda case: ";".join(case.codes("countries"))),
        "cooperation": (_("cooperation"), _cooperation),
        "consent": (_("consent"), lambda case: case.consent_kind),
        "audience": (_("audience"), lambda case: case.audience),
        "languages": (_("languages"), lambda case: ";".join(sorted(case.content_languages))),
        "published": (_("published"), lambda case: case.live),
    }

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of the screens, with that of the question whether anybody is named."""
        asking = self.construct_view(NobodyKnownView)
        return [*super().get_urlpatterns(), path("nobody-known/<int:pk>/", asking, name="nobody_known")]

    list_select = ("organisation",)
    list_prefetch = ("terms", "texts")
