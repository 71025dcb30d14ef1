"""The profile of a country: prose by language, plans and bodies. Values of indicators: `models.indicators`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.organisations import Organisation
from platform_site.records.audiences import Audience
from platform_site.records.models import Record, RecordPart
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText
from platform_site.texts.partial_dates import is_partial_date
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary

PUBLIC = Audience.PUBLIC
STAFF = Audience.STAFF


def language_field(label: Any) -> models.CharField[Any, Any]:
    """Return a field for the language in which words of a row are written."""
    return models.CharField(label, max_length=12, default="en")


def _partial_date(label: Any) -> models.CharField[Any, Any]:
    return models.CharField(label, max_length=10, blank=True, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD."))


def check_language(language: str) -> dict[str, Any]:
    """Return what is wrong with the language of a row, by field: nothing, or that the list does not have it."""
    return {} if language in vocabulary("languages") else {"language": _("Choose a language of the list.")}


@register_record
class CountryProfile(Record):
    """What the platform knows about a country beside what can be computed from entries. One for each country.

    The three pillars: the phenomenon (prose, indicators), policies (prose, plans, bodies, indicators) and practices,
    of which the profile has indicators alone: organisations, charts and the like are computed where they are shown.
    """

    record_type = "country_profile"
    url_name = "directory:country_detail"

    country = models.OneToOneField(
        Term, models.PROTECT, related_name="+", limit_choices_to={"vocabulary": "countries"}, verbose_name=_("country")
    )
    native_name = models.CharField(
        _("name in its own language"), max_length=120, blank=True, help_text=_("For example România.")
    )
    native_language = models.CharField(_("language of this name"), max_length=12, blank=True)
    keeper = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_profiles",
        verbose_name=_("kept by"),
        help_text=_("The organisation that looks after the profile. Empty: the editors of the platform."),
    )
    confirmed_on = models.DateField(_("looked at on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked at by"),
        editable=False,
    )

    field_audiences: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("country", "native_name", "native_language", "keeper", "confirmed_on"), PUBLIC),
        "confirmed_by": STAFF,
    }

    class Meta:
        verbose_name = _("country profile")
        verbose_name_plural = _("country profiles")
        ordering: ClassVar[list[str]] = ["country__code"]

    def __str__(self) -> str:
        entry = self.country_entry
        return entry.label() if entry else ""

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory."""
        return entry_by_id(self.country_id)

    @property
    def public_id(self) -> str:
        """The code of the country, as in the key `country_profile:RO`."""
        entry = self.country_entry
        return entry.code if entry else ""

    @classmethod
    def from_public_id(cls, public_id: str) -> Any | None:
        """Return the profile of this country, whatever its state, or None."""
        return cls.objects.filter(country__code=public_id, country__vocabulary="countries").first()

    def publish_problems(self) -> Iterable[Any]:
        """A profile needs no prose; where it has texts, one is the original."""
        return super().publish_problems() if self.texts.all() else []

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the country's page with this content."""
        from directory.views.country_detail import render_country

        country = self.country_entry
        if country is None:
            return HttpResponse(_("Choose a country first."), content_type="text/plain; charset=utf-8")
        return render_country(request, country, draft=self)


class ProfileText(LanguageText):
    """The prose of a profile in one language."""

    record = ParentalKey(CountryProfile, related_name="texts")
    trends = FormattedTextField(_("trends"), help_text=_("Who is exploited, in which ways, what has changed lately."))
    routes = FormattedTextField(_("routes"), help_text=_("Where people come from, pass through and are taken to."))
    sectors = FormattedTextField(_("sectors"), help_text=_("In which trades and places people are exploited."))
    policies = FormattedTextField(_("law and policy"), help_text=_("What the tables do not say: in practice, gaps."))

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("trends", "routes", "sectors", "policies"), PUBLIC)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="profile_text_once_per_language")
        ]


class ActionPlan(RecordPart):
    """A plan or strategy of the country against trafficking."""

    profile = ParentalKey(CountryProfile, related_name="plans")
    name = models.CharField(_("title"), max_length=500)
    language = language_field(_("language of the title"))
    start = _partial_date(_("start"))
    end = _partial_date(_("end"))
    website = models.URLField(_("address on the web"), max_length=500, blank=True)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "language", "start", "end", "website", "sort_order"), PUBLIC
    )

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse days that do not exist, and an end before the start. Raises ValidationError."""
        super().clean()
        problems: dict[str, Any] = check_language(self.language)
        for name in ("start", "end"):
            value = getattr(self, name)
            if value and not is_partial_date(value):
                problems[name] = _("Write YYYY, YYYY-MM or YYYY-MM-DD.")
        if not problems and self.start and self.end and self.end < self.start[: len(self.end)]:
            problems["end"] = _("The end comes before the start.")
        if problems:
            raise ValidationError(problems)


class NationalBody(RecordPart):
    """A public body of the country that has to do with trafficking."""

    class Role(models.TextChoices):
        """What the body is there for."""

        COORDINATOR = "coordinator", _("Coordination")
        RAPPORTEUR = "rapporteur", _("National rapporteur or equivalent")
        IDENTIFICATION = "identification", _("Formal identification")
        POLICE = "police", _("Police unit")
        PROSECUTION = "prosecution", _("Prosecution")
        COMPENSATION = "compensation", _("Compensation")
        LABOUR = "labour", _("Labour inspection")
        CHILDREN = "children", _("Protection of children")
        OTHER = "other", _("Other")

    profile = ParentalKey(CountryProfile, related_name="bodies")
    name = models.CharField(_("name"), max_length=255)
    language = language_field(_("language of the name"))
    role = models.CharField(_("what it is there for"), max_length=16, choices=Role.choices)
    website = models.URLField(_("website"), max_length=500, blank=True)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "language", "role", "website", "sort_order"), PUBLIC
    )

    class Meta:
        verbose_name = _("national body")
        verbose_name_plural = _("national bodies")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a language that the list does not have. Raises ValidationError."""
        super().clean()
        if problems := check_language(self.language):
            raise ValidationError(problems)
