"""Indicators and their values: one value is one row of a country's profile."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.countries import PUBLIC, CountryProfile, check_language, language_field
from directory.profiles.indicators import AREAS, INDICATORS, SOURCE_KINDS, ValueKind, kind_of
from directory.profiles.values import is_percentage, value_problem, years_in
from platform_site.records.models import RecordPart
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary


def _term(list_name: str, label: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": list_name},
        verbose_name=label,
        **options,
    )


class CountryFact(RecordPart):
    """One value of one indicator, with year, source and kind of source. Two sources that differ are two rows."""

    profile = ParentalKey(CountryProfile, related_name="facts")
    indicator = _term(INDICATORS, _("indicator"))
    value = models.CharField(
        _("value"),
        max_length=1000,
        help_text=_("As the indicator asks: yes, no or practice; a number; a date (YYYY, YYYY-MM, YYYY-MM-DD); words."),
    )
    unit = models.CharField(
        _("unit"), max_length=60, blank=True, help_text=_("Of a number: persons, percent, months …")
    )
    base = models.CharField(
        _("base"),
        max_length=500,
        blank=True,
        help_text=_("Whom or what the value counts, or of what it is a share. A percentage needs one."),
    )
    year = models.CharField(
        _("year of the value"),
        max_length=40,
        blank=True,
        help_text=_("A year or a span, such as 2023, 2019-2021 or “since 2016”."),
    )
    source_kind = _term(SOURCE_KINDS, _("kind of source"))
    source = models.CharField(_("source"), max_length=500)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    evidence = models.CharField(
        _("place in the source"), max_length=255, blank=True, help_text=_("Page, article or paragraph.")
    )
    language = language_field(_("language of the words"))
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    # Where the row stood in the table that it came with: a table goes through all countries in an order of its own.
    originals = models.JSONField(default=dict, blank=True, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "indicator", "value", "unit", "base", "year", "source_kind", "source", "source_url", "evidence",
            "language", "sort_order", "originals",
        ),
        PUBLIC,
    )  # fmt: skip

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return f"{self.indicator_entry or ''}: {self.value}"

    @property
    def indicator_entry(self) -> Entry | None:
        """The indicator, from memory."""
        return entry_by_id(self.indicator_id)

    @property
    def kind_entry(self) -> Entry | None:
        """The kind of source, from memory."""
        return entry_by_id(self.source_kind_id)

    def clean(self) -> None:
        """Refuse what the indicator does not take, and what could mislead: a share of nobody knows what, a value of
        nobody knows when. Raises ValidationError.
        """
        super().clean()
        problems: dict[str, Any] = check_language(self.language)
        kind = kind_of(self.indicator_entry)
        if self.indicator_id and self.value and (problem := value_problem(kind, self.value)):
            problems["value"] = problem
        if kind == ValueKind.NUMBER and not self.unit:
            problems["unit"] = _("Say what is counted: persons, percent, months …")
        if kind != ValueKind.NUMBER and self.unit:
            problems["unit"] = _("Only a number has a unit.")
        if is_percentage(kind, self.value, self.unit) and not self.base:
            problems["base"] = _("A percentage needs its base: of whom or of what.")
        if self.year and not years_in(self.year):
            problems["year"] = _("Name the year with four figures.")
        if not self.year and not self.evidence:
            problems["year"] = _("Give the year. Where the source prints none, say where in it the value stands.")
        if problems:
            raise ValidationError(problems)


class IndicatorManager(models.Manager["Indicator"]):
    """The terms of the list `indicators` alone."""

    def get_queryset(self) -> models.QuerySet[Indicator]:
        """Return the indicators."""
        return super().get_queryset().filter(vocabulary=INDICATORS)


class Indicator(Term):
    """A term of the list `indicators`, with the screen on which editors write its definition and kind of value."""

    objects: ClassVar[Any] = IndicatorManager()

    class Meta:
        proxy = True
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    @property
    def entry(self) -> Entry | None:
        """The term as kept in memory."""
        return entry_by_id(self.pk)

    @property
    def area_entry(self) -> Entry | None:
        """The area, from memory."""
        return vocabulary(AREAS).get(self.attributes.get("area", ""))

    @property
    def kind(self) -> str:
        """The kind of value."""
        return kind_of(self.entry)
