"""The editors' screens of the glossary."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from platform_site.records.admin_views_lists import RecordFilterSet, StateColumn
from platform_site.records.forms_terms import term_choices
from platform_site.records.viewsets import RecordViewSet
from search.models import Abbreviation, Concept, ConceptLabel
from search.panels import abbreviation_tabs, concept_tabs

Kind = ConceptLabel.Kind


class ConceptFilterSet(RecordFilterSet):
    """What the list of concepts can be narrowed by."""

    unnamed = django_filters.ChoiceFilter(
        label=_("Without a preferred label in"), method="by_missing_label", choices=lambda: settings.LANGUAGES
    )

    def by_missing_label(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to concepts that the language `value` has no preferred label for."""
        labelled = ConceptLabel.objects.filter(kind=Kind.PREFERRED, language=value)
        return queryset.exclude(pk__in=labelled.values("concept"))


class AbbreviationFilterSet(RecordFilterSet):
    """What the list of abbreviations can be narrowed by."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="kind__code", choices=lambda: term_choices("abbreviation_kinds")
    )


def _labels(concept: Concept, kind: str) -> str:
    return "; ".join(f"{row.language}: {row.label}" for row in concept.labels.all() if row.kind == kind)


def _languages(concept: Concept) -> str:
    return ", ".join(sorted({row.language for row in concept.labels.all() if row.kind == Kind.PREFERRED}))


def _kind(record: Abbreviation) -> Any:
    return record.kind_entry or ""


class ConceptViewSet(RecordViewSet):
    """Concepts."""

    model = Concept
    icon = "tag"
    url_prefix = "concepts"
    menu_order = 10
    tabs = staticmethod(concept_tabs)
    filterset_class = ConceptFilterSet
    search_fields = ("code", "labels__label")
    list_display = [
        "__str__",
        "code",
        Column("languages", label=_("Languages"), accessor=_languages),
        Column("number_of_labels", label=_("Labels"), accessor=lambda concept: len(concept.labels.all())),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "code": (_("code"), lambda record: record.code),
        "name": (_("name"), str),
        "preferred": (_("preferred labels"), lambda record: _labels(record, Kind.PREFERRED)),
        "others": (_("other words"), lambda record: _labels(record, Kind.ALTERNATIVE)),
        "acronyms": (_("acronyms"), lambda record: _labels(record, Kind.ACRONYM)),
        "hidden": (_("found by, never shown"), lambda record: _labels(record, Kind.HIDDEN)),
        "published": (_("published"), lambda record: record.live),
    }
    list_prefetch = ("labels",)


class AbbreviationViewSet(RecordViewSet):
    """Abbreviations."""

    model = Abbreviation
    icon = "title"
    url_prefix = "abbreviations"
    menu_order = 20
    tabs = staticmethod(abbreviation_tabs)
    filterset_class = AbbreviationFilterSet
    search_fields = ("name", "full_form")
    list_display = [
        "__str__",
        "full_form",
        Column("kind", label=_("Kind"), accessor=_kind, sort_key="kind__label_en"),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "name": (_("abbreviation"), str),
        "full_form": (_("full form"), lambda record: record.full_form),
        "kind": (_("kind"), lambda record: record.kind_entry.code if record.kind_entry else ""),
        "published": (_("published"), lambda record: record.live),
    }


class GlossaryGroup(SnippetViewSetGroup):
    """The glossary in the menu."""

    items = (ConceptViewSet, AbbreviationViewSet)
    menu_label = _("Glossary")
    menu_icon = "tag"
    menu_order = 140
