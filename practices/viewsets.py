"""The editors' screens of the practice charts."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from platform_site.records.admin_views_lists import RecordFilterSet, StateColumn
from platform_site.records.forms_terms import term_choices
from platform_site.records.viewsets import RecordViewSet
from practices.models import PracticeChart, PracticeTerm
from practices.panels import practice_tabs


class PracticeFilterSet(RecordFilterSet):
    """What the list of charts can be narrowed by."""

    category = django_filters.ChoiceFilter(
        label=_("Category"), method="by_term", choices=lambda: term_choices("practice_categories")
    )
    typology = django_filters.ChoiceFilter(
        label=_("Type of intervention"), method="by_term", choices=lambda: term_choices("practice_typologies")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="country__code", choices=lambda: term_choices("countries")
    )

    def by_term(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to charts with the term `value` of the list that the filter is about."""
        list_name = {"category": "practice_categories", "typology": "practice_typologies"}[name]
        with_term = PracticeTerm.objects.filter(term__vocabulary=list_name, term__code=value)
        return queryset.filter(pk__in=with_term.values("owner"))


def _categories(chart: PracticeChart) -> str:
    return ", ".join(entry.code for entry in chart.entries("practice_categories"))


def _organisations(chart: PracticeChart) -> str:
    return "; ".join(row.organisation.name for row in chart.organisations.all())


class PracticeViewSet(RecordViewSet):
    """Practice charts."""

    model = PracticeChart
    icon = "form"
    url_prefix = "practices"
    menu_label = _("Practice charts")
    menu_order = 120
    add_to_admin_menu = True
    tabs = staticmethod(practice_tabs)
    filterset_class = PracticeFilterSet
    search_fields = ("texts__name", "original_name", "organisations__organisation__name")
    list_display = [
        "__str__",
        Column("chart_no", label=_("Number"), sort_key="chart_no"),
        Column("country_entry", label=_("Country"), sort_key="country__label_en"),
        Column("categories", label=_("Category"), accessor=_categories),
        Column("organisations", label=_("Organisations"), accessor=_organisations),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "chart_no": (_("chart number"), lambda chart: chart.chart_no),
        "name": (_("name"), str),
        "country": (_("country"), lambda chart: chart.country_entry.code if chart.country_entry else ""),
        "categories": (_("categories"), lambda chart: ";".join(chart.codes("practice_categories"))),
        "typology": (_("types of intervention"), lambda chart: ";".join(chart.codes("practice_typologies"))),
        "organisations": (_("organisations"), _organisations),
        "start": (_("start"), lambda chart: chart.start),
        "end": (_("end"), lambda chart: chart.end),
        "as_of": (_("year of the data"), lambda chart: chart.data_year),
        "languages": (_("languages"), lambda chart: ";".join(sorted(chart.content_languages))),
        "published": (_("published"), lambda chart: chart.live),
    }
    list_prefetch = ("terms", "texts", "organisations__organisation")
