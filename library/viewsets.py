"""The editors' screens of the library."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from library.models import DocumentTerm, InstrumentParty, LibraryDocument
from library.panels import document_tabs
from platform_site.records.admin_views_lists import RecordFilterSet, StateColumn
from platform_site.records.forms_terms import term_choices
from platform_site.records.viewsets import RecordViewSet


class DocumentFilterSet(RecordFilterSet):
    """What the list of documents can be narrowed by."""

    document_type = django_filters.ChoiceFilter(
        label=_("Type"), field_name="document_type__code", choices=lambda: term_choices("library_document_types")
    )
    topic = django_filters.ChoiceFilter(label=_("Topic"), method="by_topic", choices=lambda: term_choices("topics"))
    link_state = django_filters.ChoiceFilter(label=_("Address on the web"), choices=LibraryDocument.LinkState.choices)

    def by_topic(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to documents with the topic `value`."""
        with_topic = DocumentTerm.objects.filter(term__vocabulary="topics", term__code=value)
        return queryset.filter(pk__in=with_topic.values("owner"))


def _files(document: LibraryDocument) -> str:
    return ", ".join(f"{row.language} ({row.stored.get_state_display()})" for row in document.files.all())


def _codes(list_name: str) -> Any:
    """Return a function that gives the codes of a list on a document, in one cell."""
    return lambda document: ";".join(document.codes(list_name))


class DocumentViewSet(RecordViewSet):
    """Library documents."""

    model = LibraryDocument
    icon = "doc-full"
    url_prefix = "library"
    menu_label = _("Documents")
    menu_order = 10
    tabs = staticmethod(document_tabs)
    filterset_class = DocumentFilterSet
    search_fields = ("name", "texts__title", "issuer")
    list_display = [
        "__str__",
        Column("type_entry", label=_("Type"), sort_key="document_type__label_en"),
        Column("year", label=_("Year")),
        Column("files", label=_("Files"), accessor=_files),
        UpdatedAtColumn(),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "name": (_("title"), str),
        "type": (_("type"), lambda document: document.type_entry.code if document.type_entry else ""),
        "level": (_("level"), lambda document: document.level_entry.code if document.level_entry else ""),
        "issuer": (_("issuing body"), lambda document: document.issuer),
        "date": (_("date"), lambda document: document.date),
        "languages": (_("languages"), _codes("languages")),
        "countries": (_("countries"), _codes("countries")),
        "topics": (_("topics"), _codes("topics")),
        "files": (_("files"), _files),
        "address": (_("address on the web"), lambda document: document.address),
        "link_state": (_("address reached"), lambda document: document.get_link_state_display()),
        "published": (_("published"), lambda document: document.live),
    }
    list_prefetch = ("terms", "texts", "files__stored")


class PartyViewSet(SnippetViewSet):
    """Which countries are party to which instrument."""

    model = InstrumentParty
    icon = "globe"
    url_prefix = "instrument-parties"
    menu_label = _("Parties to instruments")
    menu_order = 20
    search_backend_name = None
    copy_view_enabled = False
    list_display = ["__str__", Column("since", label=_("Since")), Column("checked_on", label=_("Checked on"))]
    search_fields = ("note",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("instrument"), FieldPanel("country")]),
            FieldRowPanel([FieldPanel("since"), FieldPanel("checked_on")]),
            FieldPanel("note"),
            FieldPanel("source_url"),
        ]
    )


class LibraryGroup(SnippetViewSetGroup):
    """The library's place in the menu."""

    menu_label = _("Library")
    menu_icon = "doc-full"
    menu_order = 130
    items = (DocumentViewSet, PartyViewSet)
