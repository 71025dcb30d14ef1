"""The editors' form of a practice chart: the standard form, field by field, as `standard_form` declares it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList

from platform_site.records.panels import (
    FORMATTED_HELP,
    OptionalLanguageSelect,
    PartsPanel,
    TermsPanel,
    formatted_panel,
    texts_panel,
)
from practices.standard_form import CONTACT_FIELDS, FIELDS, NumberedField, Part

LIST_HELP = _("One item per line, each begins with - and a blank.")


def practice_tabs() -> list[Any]:
    """Return the tabs of a chart: facts, texts and the assessment of the reviewers."""
    return [
        ObjectList(
            [
                FieldPanel("chart_no"),
                HelpPanel(
                    format_lazy(_("Fields {numbers} are prose: you find them under Texts."), numbers=_prose_fields())
                ),
                *numbered_panels(_fact_panels, _text_panels, _("In words you answer it under Texts.")),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [
                texts_panel(
                    [
                        *numbered_panels(
                            _text_panels, _fact_panels, _("What is the same in all languages of it stands under Facts.")
                        ),
                        _adaptation_note(),
                    ],
                    label=_("Text of the chart"),
                )
            ],
            heading=_("Texts"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [TermsPanel("selection_principles"), FieldPanel("assessed_by")],
                    heading=_("Assessment"),
                    help_text=_("Which principles of selection the practice meets, and who looked at it."),
                ),
                MultiFieldPanel(
                    [FieldPanel("adapted_from")],
                    heading=_("Adapted from"),
                    help_text=_("What was changed stands at the end of each text."),
                ),
            ],
            heading=_("Assessment"),
        ),
    ]


PanelsOf = Callable[[NumberedField, Part], list[Any]]


def numbered_panels(parts_of: PanelsOf, others_of: PanelsOf, elsewhere: Any) -> list[Any]:
    """Return a group for each numbered field that has something to show: `parts_of(field, part)` gives its panels.

    Where `others_of` has panels of the field on the other tab, the guidance ends with the sentence `elsewhere`.
    """
    groups = []
    for field in FIELDS:
        if panels := _of_field(field, parts_of):
            heading = format_lazy("{number}. {label}", number=field.number, label=field.label)
            guidance = field.guidance
            if _of_field(field, others_of):
                guidance = format_lazy("{guidance} {elsewhere}", guidance=guidance, elsewhere=elsewhere)
            groups.append(MultiFieldPanel(panels, heading=heading, help_text=guidance))
    return groups


def _of_field(field: NumberedField, panels_of: PanelsOf) -> list[Any]:
    return [panel for part in field.parts for panel in panels_of(field, part)]


def _prose_fields() -> str:
    """Return the numbers of the fields that have nothing among the facts ("8, 10–13, 15–18")."""
    numbers = [field.number for field in FIELDS if not _of_field(field, _fact_panels)]
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _fact_panels(field: NumberedField, part: Part) -> list[Any]:
    """Return what the record itself holds of a part."""
    label = field.part_label(part)
    if part.holder == "terms":
        return [TermsPanel(part.name, heading=label, help_text=part.guidance)]
    if part.holder == "rows":
        return [_rows(part)]
    if part.holder != "chart":
        return []
    if part.kind == "contact":
        return _contact(part)
    panel = FieldPanel(part.name, heading=label, help_text=part.guidance)
    if part.key == "original_name":
        return [FieldRowPanel([panel, FieldPanel("original_name_language", widget=OptionalLanguageSelect)])]
    if part.key == "end":
        return [panel, FieldPanel("as_of")]
    return [panel]


def _text_panels(field: NumberedField, part: Part) -> list[Any]:
    """Return what the text of each language holds of a part: the answer, or the wording beside the terms."""
    if part.holder != "text" and not part.printed:
        return []
    name = part.printed or part.name
    if part.kind == "line":
        return [FieldPanel(name, heading=field.part_label(part), help_text=part.guidance)]
    guidance = part.guidance or (LIST_HELP if part.kind == "list" else FORMATTED_HELP)
    heading = _("In own words") if part.printed else field.part_label(part)
    return [formatted_panel(name, limit=part.words, heading=heading, help_text=guidance)]


def _adaptation_note() -> Any:
    return MultiFieldPanel(
        [formatted_panel("adaptation_note")],
        heading=_("Adapted from another practice"),
        help_text=_("Which practice it was, you choose under Assessment."),
    )


def _rows(part: Part) -> Any:
    if part.kind == "funding":
        return PartsPanel(
            part.name,
            [FieldPanel("source"), FieldRowPanel([FieldPanel("source_kind"), FieldPanel("share")])],
            heading=_("Funding"),
            label=_("Source"),
        )
    return PartsPanel(part.name, [FieldPanel("organisation")], heading=_("Organisations"), label=_("Organisation"))


def _contact(part: Part) -> list[Any]:
    fields = [FieldPanel(f"contact_{name}") for name in CONTACT_FIELDS]
    return [MultiFieldPanel([*fields, FieldPanel("contact_public")], heading=part.label, help_text=part.guidance)]
