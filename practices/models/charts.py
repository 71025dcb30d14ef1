"""The practice chart: its facts, its organisations, its funding."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models import Organisation
from directory.models.networks import YEAR_OR_MONTH
from platform_site.records.audiences import Audience, opt_in
from platform_site.records.models import HasTerms, Record, RecordPart, TermRow
from platform_site.records.registry import register_record
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id
from practices.models.numbers import HasNumber
from practices.querysets import PracticeQuerySet
from practices.standard_form import required_names
from practices.years import data_year

PUBLIC = Audience.PUBLIC
STAFF = Audience.STAFF
CONTACT = opt_in("contact_public")

# Printed charts name several mailboxes or sites in one line, parted by semicolons; each must be one.
_MAIL = r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+"
_SITE = r"(https?://)?[^\s;/@:]+\.[^\s;]+"
MAILBOXES = RegexValidator(rf"\A{_MAIL}(; ?{_MAIL})*\Z", _("Write a mail address; several are parted by semicolons."))
SITES = RegexValidator(rf"\A{_SITE}(; ?{_SITE})*\Z", _("Write a web address; several are parted by semicolons."))


@register_record
class PracticeChart(HasNumber, HasTerms, Record):
    """A relevant practice on the standard form (`practices.standard_form` says what each field is).

    Terms: `practice_categories`, `practice_typologies`, `target_groups`, `levels` (how far the practice reaches),
    `countries` (further ones), `selection_principles` (those that a reviewer found met).
    """

    record_type = "practice"
    url_name = "practices:practice_detail"
    number_field = "chart_no"
    term_lists = (
        "practice_categories",
        "practice_typologies",
        "target_groups",
        "levels",
        "countries",
        "selection_principles",
    )

    class Assessed(models.TextChoices):
        """Who looked at the practice and judged it."""

        OWN = "own", _("The organisation itself")
        EXTERNAL = "external", _("Somebody from outside")

    chart_no = models.PositiveIntegerField(
        _("chart number"),
        unique=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        help_text=_("Stands in the address. Leave it empty for the next free number; keep it once published."),
    )
    original_name = models.CharField(_("original name"), max_length=255, blank=True)
    original_name_language = models.CharField(_("language of the original name"), max_length=12, blank=True)
    country = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "countries"},
        verbose_name=_("country"),
    )
    start = models.CharField(_("start"), max_length=7, blank=True, validators=[YEAR_OR_MONTH])
    end = models.CharField(_("end"), max_length=7, blank=True, validators=[YEAR_OR_MONTH])
    as_of = models.PositiveSmallIntegerField(
        _("year of the data"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1980), MaxValueValidator(2100)],
        help_text=_(
            "The year for which the chart speaks; without an end, the practice was running then. Write this year once"
            " you know that it still runs. Empty: the year that the source names, else that of the import or of the"
            " last publication."
        ),
    )
    contact_name = models.CharField(_("office or unit"), max_length=255, blank=True)
    contact_address = models.CharField(
        _("address of the office"),
        max_length=255,
        blank=True,
        help_text=_("Of the office only. Never where people are sheltered."),
    )
    contact_phone = models.CharField(_("phone"), max_length=120, blank=True)
    contact_fax = models.CharField(_("fax"), max_length=120, blank=True)
    contact_email = models.CharField(
        _("mail"),
        max_length=255,
        blank=True,
        validators=[MAILBOXES],
        help_text=_("Of the office or a unit, never a person's own mailbox."),
    )
    contact_website = models.CharField(_("website"), max_length=255, blank=True, validators=[SITES])
    contact_public = models.BooleanField(
        _("show address, phone, fax and mail to everybody"),
        default=False,
        help_text=_("Without it members see phone, fax and mail; the address is seen by the editors only."),
    )
    assessed_by = models.CharField(_("assessed by"), max_length=10, choices=Assessed.choices, blank=True)
    adapted_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adaptations",
        verbose_name=_("adapted from"),
        help_text=_("The practice that this one was made from."),
    )

    objects: ClassVar[Any] = PracticeQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            (
                "chart_no",
                "original_name",
                "original_name_language",
                "country",
                "start",
                "end",
                "as_of",
                "contact_name",
                "contact_website",
                "assessed_by",
                "adapted_from",
            ),
            PUBLIC,
        ),
        # A street is for members, too, only by opt-in (DESIGN, section 5).
        "contact_address": opt_in("contact_public", Audience.STAFF),
        "contact_phone": CONTACT,
        "contact_fax": CONTACT,
        "contact_email": CONTACT,
        "contact_public": STAFF,
    }

    class Meta:
        verbose_name = _("practice chart")
        verbose_name_plural = _("practice charts")
        ordering: ClassVar[list[str]] = ["chart_no"]

    def __str__(self) -> str:
        row = self.text()
        return (
            row.name
            if row and row.name
            else str(_("Practice chart %(number)s") % {"number": self.chart_no or ""}).strip()
        )

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory."""
        return entry_by_id(self.country_id)

    @property
    def start_year(self) -> int | None:
        """The year in which the practice began."""
        return int(self.start[:4]) if self.start else None

    @property
    def end_year(self) -> int | None:
        """The year in which the practice ended; None where no end is stated."""
        return int(self.end[:4]) if self.end else None

    @property
    def data_year(self) -> int:
        """The year for which the chart speaks (see `practices.years`)."""
        return data_year(
            start=self.start,
            as_of=self.as_of,
            source=self.source,
            imported_on=self.imported_on,
            published=self.last_published_at,
        )

    def clean(self) -> None:
        """Refuse an end before the start, and a practice that was adapted from itself. Raises ValidationError."""
        super().clean()
        if self.start and self.end and self.end[: len(self.start)] < self.start[: len(self.end)]:
            raise ValidationError({"end": _("The end lies before the start.")})
        seen, above = {self.pk}, self.adapted_from
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"adapted_from": _("A practice cannot be adapted from itself.")})
            seen.add(above.pk)
            above = above.adapted_from

    def asked_to_publish(self) -> frozenset[str]:
        """Return what the standard form requires of the record, and a text."""
        return required_names("chart", "terms", "rows") | {"texts"}

    def publish_problems(self) -> Iterable[Any]:
        """Return what the standard form still asks for, one sentence for each part."""
        from practices.completeness import problems

        return [*super().publish_problems(), *problems(self)]

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the chart's page with this content."""
        from practices.views.practice_detail import render_practice

        return render_practice(request, self)


class PracticeTerm(TermRow):
    """A term of a chart."""

    owner = ParentalKey(PracticeChart, related_name="terms")


class PracticeOrganisation(RecordPart):
    """An organisation that runs the practice; the first leads."""

    chart = ParentalKey(PracticeChart, related_name="organisations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="practice_roles", verbose_name=_("organisation")
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = {"organisation": PUBLIC, "sort_order": PUBLIC}

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["chart", "organisation"], name="practice_organisation_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class FundingShare(RecordPart):
    """One source of money of a practice, with its share where it is told."""

    chart = ParentalKey(PracticeChart, related_name="funding")
    source = models.CharField(_("source"), max_length=500)
    source_kind = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "funding_source_kinds"},
        verbose_name=_("kind of source"),
    )
    share = models.DecimalField(
        _("share in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("source", "source_kind", "share", "sort_order"), PUBLIC)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.source

    @property
    def kind_entry(self) -> Entry | None:
        """The kind of source, from memory."""
        return entry_by_id(self.source_kind_id)
