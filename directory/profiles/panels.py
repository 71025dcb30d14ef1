"""The editors' form of a country profile: facts, texts, indicators, policies."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory.models import CountryFact
from platform_site.records.panels import (
    LanguageSelect,
    OptionalLanguageSelect,
    PartsPanel,
    formatted_panel,
    texts_panel,
)


def profile_tabs() -> list[Any]:
    """Return the tabs of a country profile."""
    return [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("country"),
                        FieldRowPanel(
                            [FieldPanel("native_name"), FieldPanel("native_language", widget=OptionalLanguageSelect)]
                        ),
                    ],
                    heading=_("Country"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("keeper"),
                        FieldPanel(
                            "confirmed_on",
                            read_only=True,
                            help_text=_('Set with the button "Confirm today", when somebody has looked at all of it.'),
                        ),
                    ],
                    heading=_("Who keeps it"),
                ),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [
                texts_panel(
                    [
                        MultiFieldPanel(
                            [formatted_panel(name, limit=400) for name in ("trends", "routes", "sectors")],
                            heading=_("Phenomenon"),
                        ),
                        MultiFieldPanel([formatted_panel("policies", limit=400)], heading=_("Policies")),
                    ]
                )
            ],
            heading=_("Texts"),
        ),
        ObjectList([_facts()], heading=_("Indicators")),
        ObjectList([_plans(), _bodies()], heading=_("Policies")),
    ]


def _facts() -> PartsPanel:
    return PartsPanel(
        "facts",
        [
            FieldPanel("indicator"),
            FieldPanel("value", widget=AdminAutoHeightTextInput(attrs={"rows": 1})),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("year")]),
            FieldPanel("base"),
            FieldRowPanel([FieldPanel("source_kind"), FieldPanel("evidence")]),
            FieldPanel("source"),
            FieldPanel("source_url"),
            FieldPanel("language", widget=LanguageSelect),
        ],
        heading=_("Values of indicators"),
        label=_("Value"),
        row_name=_fact_name,
        closed=True,
        help_text=_("One row for each value and source. Where two sources differ, give both."),
    )


def _fact_name(fact: CountryFact) -> str:
    """Return what an editor finds a row by: the indicator, its value and year."""
    indicator = fact.indicator_entry
    words = [indicator.label() if indicator else "", Truncator(fact.value).chars(40), fact.year]
    return " \u2013 ".join(word for word in words if word)


def _plans() -> PartsPanel:
    return PartsPanel(
        "plans",
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("website"),
            FieldPanel("language", widget=LanguageSelect),
        ],
        heading=_("Action plans"),
        label=_("Action plan"),
    )


def _bodies() -> PartsPanel:
    return PartsPanel(
        "bodies",
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("role"), FieldPanel("language", widget=LanguageSelect)]),
            FieldPanel("website"),
        ],
        heading=_("National bodies"),
        label=_("National body"),
    )
