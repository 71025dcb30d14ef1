"""The editors' screens of procedure notes."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from directory.models import ProcedureNote, ProcedurePoint
from directory.procedures import point_freshness
from platform_site.records.admin_views_lists import RecordFilterSet, StateColumn
from platform_site.records.forms_terms import term_choices
from platform_site.records.panels import PartsPanel, formatted_panel, texts_panel
from platform_site.records.viewsets import RecordViewSet
from platform_site.vocabulary.store import entry_by_id


def procedure_tabs() -> list[Any]:
    """Return the tabs of a procedure note: the way, what is said, and the day and source of each point."""
    return [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("name", classname="", targets=["slug"], required_on_save=True),
                        FieldPanel("slug"),
                        FieldRowPanel([FieldPanel("origin"), FieldPanel("destination")]),
                    ],
                    heading=_("The way"),
                ),
                PartsPanel(
                    "points",
                    [
                        FieldRowPanel([FieldPanel("topic"), FieldPanel("as_of")]),
                        FieldPanel("source"),
                        FieldPanel("source_url"),
                    ],
                    heading=_("As of when, and who says so"),
                    label=_("Point"),
                    help_text=_("One row for each point that the text speaks of. Change the day when you checked it."),
                ),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [
                texts_panel(
                    [
                        FieldPanel("title"),
                        *(formatted_panel(topic, limit=120) for topic in ProcedurePoint.Topic.values),
                    ],
                    label=_("Text of the note"),
                )
            ],
            heading=_("Texts"),
        ),
    ]


def _country(name: str) -> Any:
    """Return a function that gives the code of a country of a note, "" where none is chosen."""

    def code(note: ProcedureNote) -> str:
        entry = entry_by_id(getattr(note, name))
        return entry.code if entry else ""

    return code


def _oldest(note: ProcedureNote) -> str:
    """Return how old the oldest point of a note is, in words."""
    days = [point.as_of for point in note.points.all()]
    if not days:
        return ""
    state = point_freshness(min(days))
    return f"{state.word}: {state.detail}"


class ProcedureFilterSet(RecordFilterSet):
    """What the list of notes can be narrowed by."""

    origin = django_filters.ChoiceFilter(
        label=_("From"), field_name="origin__code", choices=lambda: term_choices("countries")
    )
    destination = django_filters.ChoiceFilter(
        label=_("To"), field_name="destination__code", choices=lambda: term_choices("countries")
    )


class ProcedureNoteViewSet(RecordViewSet):
    """Procedure notes."""

    model = ProcedureNote
    icon = "arrow-right"
    url_prefix = "procedure-notes"
    menu_order = 35
    tabs = staticmethod(procedure_tabs)
    filterset_class = ProcedureFilterSet
    search_fields = ("name",)
    list_display = [
        "__str__",
        Column("origin", label=_("From"), accessor=_country("origin_id"), sort_key="origin__label_en"),
        Column("destination", label=_("To"), accessor=_country("destination_id"), sort_key="destination__label_en"),
        Column("oldest", label=_("Oldest point"), accessor=_oldest),
        UpdatedAtColumn(label=_("Updated")),
        StateColumn(),
    ]
    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {
        "name": (_("name"), str),
        "from": (_("from"), _country("origin_id")),
        "to": (_("to"), _country("destination_id")),
        "oldest": (_("oldest point"), lambda note: min((point.as_of for point in note.points.all()), default=None)),
        "languages": (_("languages"), lambda note: ";".join(sorted(note.content_languages))),
        "published": (_("published"), lambda note: note.live),
    }
    list_prefetch = ("points", "texts")
