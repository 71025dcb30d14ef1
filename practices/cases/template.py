"""The template of a case study: the one declaration of its 12 questions and of what can be ticked.

The editors' form, the page, print, list, statistics, import, export and the publish gate all read it. The numbers never
change: case studies are quoted by them. Question 2 is about the person and is answered by ticks alone; the others have
an answer in words, and some of them ticks or themes beside it.

A *tick* is chosen by the organisation that tells the case; a *theme* is a coding by editors: which obstacles, which
help, which recommendations an answer names, with the numbers of these answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from platform_site.vocabulary.store import Vocabulary, group_name, vocabulary

OPTIONS = "case_template_options"
THEMES = "case_themes"


@dataclass(frozen=True)
class Together:
    """A row of the statistics for all options of a group but a few; `but` are short codes."""

    key: str
    label: Any
    but: frozenset[str]


@dataclass(frozen=True)
class OptionGroup:
    """What can be chosen beside one question.

    `key` is the name in addresses and figures. `list_name` is the controlled list (or the group of one) that has the
    options, `json` the path in `case_studies.json` (dots between levels), `said_as` words of that format where they
    are not the code's own. `other` is the field of the text that says in words what "other" was. `is_theme`: coded by
    editors. `is_extra` marks what printed templates do not ask: left out where it is empty. `can_be_empty` says of a
    group that every case ticks that it may be left open all the same.
    """

    key: str
    list_name: str
    json: str
    label: Any
    said_as: dict[str, str] = field(default_factory=dict, hash=False)
    other: str = ""
    is_theme: bool = False
    is_extra: bool = False
    required: bool = False
    together: tuple[Together, ...] = ()

    @property
    def options(self) -> Vocabulary:
        """The options, by full code."""
        return vocabulary(self.list_name)

    def code_of(self, word: str) -> str:
        """Return the full code for a short code or a word of the format; the word itself if there is none."""
        word = {said: code for code, said in self.said_as.items()}.get(word, word)
        return next((entry.code for entry in self.options if entry.short_code == word), word)

    def word_of(self, short_code: str) -> str:
        """Return the word of the format for a short code."""
        return self.said_as.get(short_code, short_code)


@dataclass(frozen=True)
class Question:
    """A numbered question. `words` is the limit of its answer; 0 where it has none in words."""

    number: int
    label: Any
    guidance: Any
    words: int = 0
    required: bool = False
    groups: tuple[OptionGroup, ...] = ()

    @property
    def key(self) -> str:
        """The key of the answer in the format."""
        return str(self.number)

    @property
    def name(self) -> str:
        """The field of the text that has the answer; "" for the question of ticks alone."""
        return f"answer_{self.number}" if self.words else ""

    @property
    def anchor(self) -> str:
        """The name of the question in addresses of the page."""
        return f"question-{self.number}"


def _ticks(key: str, group: str, json: str, label: Any, **options: Any) -> OptionGroup:
    return OptionGroup(key, group_name(OPTIONS, group), json, label, **options)


def _themes(key: str, group: str, label: Any) -> OptionGroup:
    return OptionGroup(key, group_name(THEMES, group), group, label, is_theme=True)


QUESTIONS: tuple[Question, ...] = (
    Question(
        1,
        _("The cooperation"),
        _("What you did together with organisations in another country, and what the person needed."),
        words=500,
        required=True,
        groups=(OptionGroup("cooperation", "cooperation_types", "cooperation", _("Cooperation"), required=True),),
    ),
    Question(
        2,
        _("The person"),
        _("As little as is needed to understand the case. No name, no date or place of birth."),
        groups=(
            _ticks("gender", "gender", "victim.gender", _("Gender")),
            _ticks("age", "age", "victim.age", _("Age")),
            _ticks("exploitation", "exploitation", "victim.exploitation", _("Exploitation")),
            _ticks(
                "recruited_by",
                "recruited_by",
                "victim.recruited_by",
                _("Recruited by"),
                other="recruited_by_other",
                together=(
                    Together(
                        "persons",
                        _("By people, not by an advertisement or an agency"),
                        frozenset({"newspaper_ad", "online", "agency"}),
                    ),
                ),
            ),
            _ticks("proposed", "proposed", "victim.proposed", _("What was promised"), other="proposed_other"),
        ),
    ),
    Question(
        3,
        _("How contact came about"),
        _("Who told you of the person or of the case."),
        words=300,
        groups=(
            _ticks(
                "contact",
                "contact_through",
                "contact_through",
                _("Contact through"),
                said_as={"police": "law_enforcement"},
            ),
        ),
    ),
    Question(
        4,
        _("Problems and obstacles"),
        _("What stood in the way, one point after the other."),
        words=400,
        required=True,
        groups=(_themes("obstacle", "obstacles", _("Obstacles")),),
    ),
    Question(
        5,
        _("Who else took part"),
        _("Which authorities and agencies, in which country, with which task."),
        words=400,
        groups=(_themes("helped_by", "helped_by", _("What helped")),),
    ),
    Question(
        6,
        _("How the obstacles were met"),
        _("How the obstacles were met, step by step, and which procedures were used or made for it."),
        words=700,
        required=True,
    ),
    Question(
        7,
        _("Working with the other organisations"),
        _("How you worked together, and whether there was a protocol or an agreement."),
        words=300,
        groups=(_ticks("agreement", "agreement", "agreement", _("Basis of the cooperation"), is_extra=True),),
    ),
    Question(
        8,
        _("Knowing the person’s situation and wishes"),
        _("How you learned how the person was and what they wanted, if you were not in direct contact."),
        words=200,
    ),
    Question(
        9,
        _("Protection of privacy"),
        _("What you did so that partners got no more than they needed."),
        words=300,
        groups=(
            _ticks(
                "identity", "identity_protection", "identity_protection", _("Protection of identity"), is_extra=True
            ),
        ),
    ),
    Question(
        10,
        _("What worked, what did not"),
        _("Procedures that were successful, and those that were not."),
        words=400,
        groups=(_ticks("outcome", "outcome", "outcome", _("Outcome"), is_extra=True),),
    ),
    Question(
        11,
        _("Tools"),
        _("Data sheets, forms, check-lists and the like that you used."),
        words=300,
    ),
    Question(
        12,
        _("What is needed"),
        _("What would make such cooperation better."),
        words=400,
        groups=(_themes("recommendation", "recommendations_themes", _("Recommendations")),),
    ),
)

GROUPS: tuple[OptionGroup, ...] = tuple(group for question in QUESTIONS for group in question.groups)
TICKS: tuple[OptionGroup, ...] = tuple(group for group in GROUPS if not group.is_theme)
THEME_GROUPS: tuple[OptionGroup, ...] = tuple(group for group in GROUPS if group.is_theme)
GROUP_BY_KEY: dict[str, OptionGroup] = {group.key: group for group in GROUPS}
ANSWERS: tuple[Question, ...] = tuple(question for question in QUESTIONS if question.name)
ANSWER_KEYS: tuple[str, ...] = tuple(question.key for question in ANSWERS)
OTHERS: tuple[str, ...] = tuple(group.other for group in TICKS if group.other)


def question_of(group: OptionGroup) -> Question:
    """Return the question that `group` stands beside. Raises KeyError for a group that the template has not."""
    for question in QUESTIONS:
        if group in question.groups:
            return question
    raise KeyError(group.key)
