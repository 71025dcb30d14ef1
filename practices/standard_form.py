"""The standard form of a practice chart: the one declaration of its 19 numbered fields.

The editors' form, the chart's page, print, comparison, import, export and the publish gate all read it. Numbers and
order never change: printed charts are quoted by them. The grouping is that of the platform's own form; an older printed
form counts chart number and country as one line, has no line for the original name and for funding, and puts contact
and references last, as here.

A field has one or more parts: one question each, with the place that holds its answer and the key under which the
package format (`practices.json`) has it. Word limits hold for the original text; translations may be longer. Required
is only what can be asked of every practice; an empty optional part is shown as "not stated".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

# line: one line of text. formatted: paragraphs. list: bullets. term: one code. terms: codes. date: YYYY or YYYY-MM.
Kind = Literal["line", "formatted", "list", "term", "terms", "date", "organisations", "funding", "contact"]
# chart: a field of the record. text: a field of the text in each language. terms: term rows. rows: a child relation.
Holder = Literal["chart", "text", "terms", "rows"]


@dataclass(frozen=True)
class Part:
    """One question of a numbered field.

    `key` is its stable name. `name` is the field, the list of terms or the child relation of `holder` that has the
    answer; `printed` a field of the text that keeps the wording beside the terms; `json` the path in `practices.json`
    (dots between levels). `words` is the limit, None where there is none. `label` is empty if it is the field's own.
    `is_extra` marks what printed forms do not ask: it is left out where it is empty, not called "not stated".
    """

    key: str
    kind: Kind
    holder: Holder
    name: str
    json: str
    label: Any = ""
    guidance: Any = ""
    required: bool = False
    words: int | None = None
    printed: str = ""
    is_extra: bool = False


@dataclass(frozen=True)
class NumberedField:
    """A numbered field of the form. `json_copies` are keys of `practices.json` that only repeat what parts hold."""

    number: int
    key: str
    label: Any
    guidance: Any
    parts: tuple[Part, ...]
    json_copies: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether any part has to be answered."""
        return any(part.required for part in self.parts)

    @property
    def anchor(self) -> str:
        """The name of the field in addresses of the chart's page."""
        return f"field-{self.number}"

    def part_label(self, part: Part) -> Any:
        """Return the words for `part`: its own, else the field's."""
        return part.label or self.label


CONTACT_FIELDS = ("name", "address", "phone", "fax", "email", "website")

FIELDS: tuple[NumberedField, ...] = (
    NumberedField(
        1,
        "name",
        _("Name of the practice"),
        _("As the people who run it call it, then its name in the language of the country."),
        (
            Part("name", "line", "text", "name", "name", _("Name"), required=True, words=40),
            Part("original_name", "line", "chart", "original_name", "original_name", _("Original name"), words=40),
        ),
    ),
    NumberedField(
        2,
        "organisations",
        _("Organisations"),
        _("Who runs the practice, the leading organisation first. Each needs an entry in the directory."),
        (Part("organisations", "organisations", "rows", "organisations", "organisations", required=True),),
    ),
    NumberedField(
        3,
        "country",
        _("Country"),
        _("Where the practice takes place. Add further countries if it runs in several."),
        (
            Part("country", "term", "chart", "country", "country", _("Country"), required=True),
            Part(
                "further_countries",
                "terms",
                "terms",
                "countries",
                "further_countries",
                _("Further countries"),
                is_extra=True,
            ),
        ),
    ),
    NumberedField(
        4,
        "category",
        _("Category"),
        _("Choose the one that fits best; a practice may stand in two."),
        (Part("categories", "terms", "terms", "practice_categories", "categories", required=True),),
    ),
    NumberedField(
        5,
        "typology",
        _("Type of intervention"),
        _("What kind of work it is, from the list, and in your own words where the list is too coarse."),
        (
            Part(
                "typology",
                "terms",
                "terms",
                "practice_typologies",
                "typology",
                required=True,
                words=80,
                printed="typology",
            ),
        ),
    ),
    NumberedField(
        6,
        "period",
        _("Period"),
        _("Since when, and until when if it has ended."),
        (
            Part("period", "line", "text", "period", "period", _("In words"), required=True, words=30),
            Part("start", "date", "chart", "start", "start", _("Start"), _("YYYY or YYYY-MM."), required=True),
            Part(
                "end",
                "date",
                "chart",
                "end",
                "end",
                _("End"),
                _("Leave it empty while the practice is running, and say below of which year that is known."),
            ),
        ),
    ),
    NumberedField(
        7,
        "area",
        _("Area covered"),
        _("How far the practice reaches, and where."),
        (
            Part("area_level", "terms", "terms", "levels", "area_level", _("Level"), required=True),
            Part("area", "formatted", "text", "area", "area", _("Area"), required=True, words=80),
        ),
    ),
    NumberedField(
        8,
        "background",
        _("Background"),
        _("Which problem the practice answers, and what the situation in the country is."),
        (Part("background", "formatted", "text", "background", "background", required=True, words=450),),
    ),
    NumberedField(
        9,
        "target_groups",
        _("Target groups"),
        _("Whom the practice reaches, directly and indirectly."),
        (
            Part(
                "target_groups",
                "terms",
                "terms",
                "target_groups",
                "target_groups",
                required=True,
                words=120,
                printed="target_groups",
            ),
        ),
    ),
    NumberedField(
        10,
        "objectives",
        _("Objectives"),
        _("The aim in a sentence, then the working objectives one by one."),
        (
            Part("general_aim", "formatted", "text", "general_aim", "general_aim", _("General aim"), words=80),
            Part(
                "objectives",
                "list",
                "text",
                "objectives",
                "objectives",
                _("Working objectives"),
                required=True,
                words=200,
            ),
        ),
    ),
    NumberedField(
        11,
        "activities",
        _("Activities"),
        _("What is done, in the order in which it is done."),
        (Part("activities", "formatted", "text", "activities", "activities", required=True, words=500),),
    ),
    NumberedField(
        12,
        "methods",
        _("Methods and tools"),
        _("How it is done, with what, and how you see whether it works."),
        (
            Part("methods", "list", "text", "methods", "methods", _("Methods"), required=True, words=200),
            Part("tools", "list", "text", "tools", "tools", _("Tools"), words=150),
            Part("monitoring", "list", "text", "monitoring", "monitoring", _("Monitoring and evaluation"), words=150),
        ),
    ),
    NumberedField(
        13,
        "resources",
        _("Resources"),
        _("What it takes: people, money beside the funding of field 14, rooms and things."),
        (
            Part(
                "resources_human",
                "list",
                "text",
                "resources_human",
                "resources_by_kind.human",
                _("People"),
                required=True,
                words=120,
            ),
            Part(
                "resources_financial",
                "list",
                "text",
                "resources_financial",
                "resources_by_kind.financial",
                _("Money"),
                words=80,
            ),
            Part(
                "resources_in_kind",
                "list",
                "text",
                "resources_in_kind",
                "resources_by_kind.in_kind",
                _("In kind"),
                words=80,
            ),
        ),
        json_copies=("resources",),
    ),
    NumberedField(
        14,
        "funding",
        _("Funding"),
        _("Who pays, with the share in percent where you may say it. The shares add up to 100 at most."),
        (Part("funding", "funding", "rows", "funding", "funding"),),
    ),
    NumberedField(
        15,
        "results",
        _("Results"),
        _("What came out, measured against the objectives, and what it changed over time."),
        (
            Part("results", "formatted", "text", "results", "results", _("Results"), required=True, words=300),
            Part(
                "impact_short", "formatted", "text", "impact_short", "impact.short", _("Impact, short term"), words=120
            ),
            Part(
                "impact_medium",
                "formatted",
                "text",
                "impact_medium",
                "impact.medium",
                _("Impact, medium term"),
                words=120,
            ),
            Part("impact_long", "formatted", "text", "impact_long", "impact.long", _("Impact, long term"), words=120),
        ),
    ),
    NumberedField(
        16,
        "learning",
        _("Learning from the practice"),
        _("What went well and what is new in it; what was hard and what is missing. Both help others."),
        (
            Part("strengths", "list", "text", "strengths", "strengths", _("Strengths"), required=True, words=200),
            Part("innovation", "list", "text", "innovation", "innovation", _("Innovative elements"), words=150),
            Part("weaknesses", "list", "text", "weaknesses", "weaknesses", _("Challenges and shortcomings"), words=300),
        ),
    ),
    NumberedField(
        17,
        "transferability",
        _("Transferability"),
        _("What others can take over, where, and what they would have to adapt."),
        (Part("transferability", "formatted", "text", "transferability", "transferability", required=True, words=200),),
    ),
    NumberedField(
        18,
        "mainstreaming",
        _("Mainstreaming"),
        _("How the practice found its way into policy, law or the work of authorities."),
        (Part("mainstreaming", "formatted", "text", "mainstreaming", "mainstreaming", words=250),),
    ),
    NumberedField(
        19,
        "contact",
        _("References and contact"),
        _("Where to read more, and which office or unit answers questions. Never a person's own mailbox."),
        (
            Part("references", "list", "text", "references", "references", _("References"), words=250),
            Part(
                "contact",
                "contact",
                "chart",
                "contact",
                "contact",
                _("Contact"),
                _("What you leave empty is taken from the leading organisation's entry."),
            ),
        ),
    ),
)

BY_KEY: dict[str, NumberedField] = {field.key: field for field in FIELDS}


def parts() -> Iterator[tuple[NumberedField, Part]]:
    """Yield every part with its field, in the order of the form."""
    for field in FIELDS:
        for part in field.parts:
            yield field, part


def part(key: str) -> Part:
    """Return the part `key`. Raises KeyError if the form has none."""
    for _field, found in parts():
        if found.key == key:
            return found
    raise KeyError(key)


def required_names(*holders: Holder) -> frozenset[str]:
    """Return the fields, lists of terms and child relations of `holders` that have to be filled in."""
    return frozenset(found.name for _field, found in parts() if found.required and found.holder in holders)


def text_names() -> list[str]:
    """Return the fields of the text in each language, in the order of the form."""
    names = []
    for _field, found in parts():
        if found.holder == "text":
            names.append(found.name)
        elif found.printed:
            names.append(found.printed)
    return names


def term_list_names() -> list[str]:
    """Return the controlled lists whose terms the form asks for, in the order of the form."""
    return [found.name for _field, found in parts() if found.holder == "terms"]


def json_keys() -> set[str]:
    """Return the top-level keys of `practices.json` that the form accounts for."""
    keys = {found.json.partition(".")[0] for _field, found in parts() if found.json}
    return keys | {key for field in FIELDS for key in field.json_copies}
