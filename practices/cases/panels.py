"""The editors' form of a case study: the template, question by question, as `cases.template` declares it."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from platform_site.records.panels import LanguageSelect, PartsPanel, TermsPanel, formatted_panel, texts_panel
from practices.cases.template import QUESTIONS, Question


def case_tabs() -> list[Any]:
    """Return the tabs of a case study: facts and ticks, texts, steps, the coding of the editors, the consent."""
    return [
        ObjectList(
            [
                FieldPanel("case_no"),
                MultiFieldPanel(
                    [
                        FieldPanel("organisation"),
                        FieldPanel("country"),
                        TermsPanel("countries", heading=_("Countries involved")),
                    ],
                    heading=_("Who tells the case"),
                ),
                *(panel for question in QUESTIONS for panel in _tick_panels(question)),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [
                texts_panel(
                    [FieldPanel("title"), *(_text_panel(question) for question in QUESTIONS if _has_text(question))],
                    label=_("Text of the case study"),
                )
            ],
            heading=_("Texts"),
        ),
        ObjectList(
            [
                PartsPanel(
                    "steps",
                    [
                        FieldRowPanel([FieldPanel("country"), FieldPanel("language", widget=LanguageSelect)]),
                        FieldPanel("heading"),
                        formatted_panel("text", limit=60),
                    ],
                    heading=_("Steps of cooperation"),
                    label=_("Step"),
                    help_text=_("One row for each step, in order. They are drawn as two rails above the answers."),
                )
            ],
            heading=_("Steps"),
        ),
        ObjectList(
            [
                PartsPanel(
                    "themes",
                    [FieldRowPanel([FieldPanel("term"), FieldPanel("answers")])],
                    heading=_("Themes"),
                    label=_("Theme"),
                    help_text=_("What the answers say of obstacles, of what helped and of what is needed."),
                )
            ],
            heading=_("Coding"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("consent_kind"), FieldPanel("consent_scope")]),
                        FieldPanel("consent_on"),
                    ],
                    heading=_("Consent of the person"),
                    help_text=_("Seen by staff alone. Write no name. Without it the case study cannot be published."),
                )
            ],
            heading=_("Consent"),
        ),
    ]


def _heading(question: Question) -> Any:
    return format_lazy("{number}. {label}", number=question.number, label=question.label)


def _tick_panels(question: Question) -> list[Any]:
    """Return the group of ticks beside a question, and the code beside those about the person."""
    panels = [TermsPanel(group.list_name, heading=group.label) for group in question.groups if not group.is_theme]
    if question.number == 2:
        panels.insert(0, FieldPanel("person_code"))
    return [MultiFieldPanel(panels, heading=_heading(question), help_text=question.guidance)] if panels else []


def _has_text(question: Question) -> bool:
    return bool(question.name or any(group.other for group in question.groups))


def _text_panel(question: Question) -> Any:
    """Return what the text of each language holds of a question: the answer, or the words beside "other"."""
    panels: list[Any] = [FieldPanel(group.other) for group in question.groups if group.other]
    if question.name:
        panels.append(formatted_panel(question.name, limit=question.words, heading=_("Answer")))
    return MultiFieldPanel(panels, heading=_heading(question), help_text=question.guidance)
