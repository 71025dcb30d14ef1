"""The editors' forms of the glossary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TitleFieldPanel

from platform_site.records.panels import PartsPanel, SiteLanguageSelect, formatted_panel, texts_panel
from search.models import ConceptLabel


def label_name(row: ConceptLabel) -> str:
    """Return what stands in the heading of a label's row."""
    return f"{row.language} · {row.label} · {row.get_kind_display()}" if row.label else ""


def concept_tabs() -> list[Any]:
    """Return the tabs of a concept: its words, what stands near it, what it means."""
    labels = PartsPanel(
        "labels",
        [
            FieldRowPanel([FieldPanel("language", widget=SiteLanguageSelect), FieldPanel("kind")]),
            FieldPanel("label"),
            FieldPanel("expand"),
        ],
        heading=_("Labels"),
        label=_("Label"),
        row_name=label_name,
        closed=True,
        help_text=_(
            "One preferred label for each language: the one that is shown. Other words and acronyms are shown and "
            "searched; what is only found by is for misspellings and outdated or offensive words."
        ),
    )
    relations = PartsPanel(
        "relations",
        [FieldPanel("kind"), FieldPanel("other")],
        heading=_("Relations"),
        label=_("Relation"),
        help_text=_("What is broader or related. Narrower concepts say it themselves. They are offered, not searched."),
    )
    return [
        ObjectList([FieldPanel("code"), labels], heading=_("Words")),
        ObjectList([relations], heading=_("Relations")),
        ObjectList([texts_panel([formatted_panel("scope_note", limit=80)])], heading=_("What it means")),
    ]


def abbreviation_tabs() -> list[Any]:
    """Return the tab of an abbreviation."""
    return [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("name", classname="", targets=["slug"], required_on_save=True),
                        FieldPanel("full_form"),
                        FieldPanel("kind"),
                        FieldPanel("slug"),
                    ],
                    heading=_("Abbreviation"),
                )
            ],
            heading=_("Facts"),
        )
    ]
