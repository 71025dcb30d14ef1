"""The case study: its facts, its consent, its steps and its themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models import Organisation
from platform_site.records.audiences import Audience
from platform_site.records.models import HasTerms, Record, RecordPart, TermRow
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id
from practices.cases.names import check_code, check_no_name
from practices.cases.querysets import CaseQuerySet
from practices.cases.template import ANSWER_KEYS, ANSWERS, GROUPS, OTHERS, TICKS
from practices.models.numbers import HasNumber

PUBLIC = Audience.PUBLIC
MEMBERS = Audience.MEMBERS
STAFF = Audience.STAFF


@register_record
class CaseStudy(HasNumber, HasTerms, Record):
    """A case of cooperation across borders, told by one organisation (`practices.cases.template` has the questions).

    Terms: what was ticked (`template.TICKS`) and `countries`, those involved. The person is a code at most.
    """

    record_type = "case"
    url_name = "practices:case_detail"
    number_field = "case_no"
    term_lists = ("countries", *(group.list_name for group in TICKS))

    class Consent(models.TextChoices):
        """How the person agreed that the case is told."""

        WRITTEN = "written", _("Written consent")
        ORAL = "oral", _("Oral consent")
        GUARDIAN = "guardian", _("Consent of guardian or court")
        PUBLISHED = "published", _("Published in the handbook")

    class Scope(models.TextChoices):
        """To whom the case may be told."""

        PUBLIC = "public", _("May be read by everybody")
        MEMBERS = "members", _("May be read by members")

    case_no = models.PositiveIntegerField(
        _("case number"),
        unique=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        help_text=_("Stands in the address. Leave it empty for the next free number; keep it once published."),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="case_studies", verbose_name=_("organisation")
    )
    country = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "countries"},
        verbose_name=_("country"),
        help_text=_("Where the organisation that tells the case worked on it."),
    )
    person_code = models.CharField(
        _("code of the person"),
        max_length=24,
        blank=True,
        validators=[check_code],
        help_text=_("A code with a figure (V-17) or initials, never a name. Seen by members."),
    )
    consent_kind = models.CharField(_("kind of consent"), max_length=10, choices=Consent.choices, blank=True)
    consent_scope = models.CharField(_("what the consent covers"), max_length=10, choices=Scope.choices, blank=True)
    consent_on = models.DateField(_("date of the consent"), null=True, blank=True)

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("case_no", "organisation", "country"), PUBLIC),
        "person_code": MEMBERS,
        **dict.fromkeys(("consent_kind", "consent_scope", "consent_on"), STAFF),
    }

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        ordering: ClassVar[list[str]] = ["case_no"]

    def __str__(self) -> str:
        row = self.text()
        if row and row.title:
            return str(row.title)
        return (
            kinds_line(entry.label() for entry in self.entries("cooperation_types"))
            or str(_("Case study %(number)s") % {"number": self.case_no or ""}).strip()
        )

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory."""
        return entry_by_id(self.country_id)

    @property
    def abroad(self) -> list[Entry]:
        """The other countries involved, from memory."""
        return [entry for entry in self.entries("countries") if entry != self.country_entry]

    def clean(self) -> None:
        """Refuse a consent of tomorrow. Raises ValidationError."""
        super().clean()
        if self.consent_on and self.consent_on > timezone.localdate():
            raise ValidationError({"consent_on": _("The date lies in the future.")})

    def asked_to_publish(self) -> frozenset[str]:
        """Return the consent, the ticks that every case has, and a text."""
        ticked = {group.list_name for group in GROUPS if group.required}
        return frozenset({"consent_kind", "consent_scope", "texts"} | ticked)

    def publish_problems(self) -> Iterable[Any]:
        """Return what consent and template still ask for, as sentences."""
        from practices.cases.completeness import problems

        return [*super().publish_problems(), *problems(self)]

    @property
    def is_printed(self) -> bool:
        """Whether the case was printed in the handbook that it came from."""
        return self.consent_kind == self.Consent.PUBLISHED and self.imported_on is not None

    def privacy_problems(self) -> Iterable[Any]:
        """Return what in answers and steps leads to a person, as sentences."""
        from practices.cases.privacy import identifying_problems

        return identifying_problems(self)

    def names_to_ask_about(self) -> list[str]:
        """Return what in answers and steps reads like a name."""
        from practices.cases.privacy import names_to_ask_about

        return names_to_ask_about(self)

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the page with this content."""
        from practices.views.case_detail import render_case

        return render_case(request, self)


def kinds_line(labels: Iterable[str], language: str = "") -> str:
    """Return labels in `language` (default: the active one) as one line with one capital: "Assisted return, search for
    documents"; German keeps its nouns.
    """
    words = [label for label in labels if label]
    further = words[1:] if (language or get_language()) == "de" else [word[:1].lower() + word[1:] for word in words[1:]]
    return ", ".join([*words[:1], *further])


class CaseTerm(TermRow):
    """A term of a case study."""

    owner = ParentalKey(CaseStudy, related_name="terms")


def check_answers(value: str) -> None:
    """Raise ValidationError unless `value` is a list of numbers of questions with an answer, parted by commas."""
    numbers = [part.strip() for part in value.split(",")]
    if any(number not in ANSWER_KEYS for number in numbers) or len(set(numbers)) != len(numbers):
        raise ValidationError(_("Write the numbers of the answers, parted by commas: 4, 10."))


class CaseTheme(RecordPart):
    """A theme that editors found in the answers, and in which of them."""

    case = ParentalKey(CaseStudy, related_name="themes")
    term = models.ForeignKey(
        Term, models.PROTECT, related_name="+", limit_choices_to={"vocabulary": "case_themes"}, verbose_name=_("theme")
    )
    answers = models.CharField(
        _("answers"),
        max_length=40,
        blank=True,
        validators=[check_answers],
        help_text=_("The numbers of the answers that say it, parted by commas: 4, 10."),
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("term", "answers", "sort_order"), PUBLIC)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "term"], name="case_theme_once"),
        ]

    def __str__(self) -> str:
        return str(self.entry or self.term_id)

    @property
    def entry(self) -> Entry | None:
        """The theme, from memory."""
        return entry_by_id(self.term_id)

    @property
    def answer_keys(self) -> list[str]:
        """The numbers of the answers, as texts."""
        return [part.strip() for part in self.answers.split(",") if part.strip()]


class CaseStep(RecordPart):
    """One step of the cooperation, in one country or (without one) in both, told in one language."""

    case = ParentalKey(CaseStudy, related_name="steps")
    language = models.CharField(_("language"), max_length=12, default="en")
    country = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "countries"},
        verbose_name=_("country"),
        help_text=_("Where the step was taken. Empty: in both countries."),
    )
    heading = models.CharField(_("step"), max_length=160)
    text = FormattedTextField(_("what happened"))
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("language", "country", "heading", "text", "sort_order"), PUBLIC
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps of cooperation")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.heading

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory; None for both."""
        return entry_by_id(self.country_id)


class CaseText(LanguageText):
    """All prose of a case study in one language. A draft may have any of it empty; the publish gate asks."""

    record = ParentalKey(CaseStudy, related_name="texts")
    title = models.CharField(
        _("title"),
        max_length=160,
        blank=True,
        help_text=_("What was achieved, without a name or place. Empty: the kinds of cooperation stand there."),
    )
    recruited_by_other = models.CharField(
        _("recruited by: in words"), max_length=500, blank=True, validators=[check_no_name]
    )
    proposed_other = models.CharField(
        _("what was promised: in words"), max_length=500, blank=True, validators=[check_no_name]
    )
    answer_1 = FormattedTextField(_("answer 1"))
    answer_3 = FormattedTextField(_("answer 3"))
    answer_4 = FormattedTextField(_("answer 4"))
    answer_5 = FormattedTextField(_("answer 5"))
    answer_6 = FormattedTextField(_("answer 6"))
    answer_7 = FormattedTextField(_("answer 7"))
    answer_8 = FormattedTextField(_("answer 8"))
    answer_9 = FormattedTextField(_("answer 9"))
    answer_10 = FormattedTextField(_("answer 10"))
    answer_11 = FormattedTextField(_("answer 11"))
    answer_12 = FormattedTextField(_("answer 12"))

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("title", *OTHERS, *(question.name for question in ANSWERS)), PUBLIC
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="case_text_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.title or self.language

    def asked_to_publish(self) -> frozenset[str]:
        """Return the answers that the template requires of the original."""
        return frozenset(question.name for question in ANSWERS if question.required and self.is_original)
