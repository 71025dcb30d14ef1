"""Services and hotlines of an organisation: rows on which the finder's conditions hold together."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.models.organisations import Organisation
from platform_site.records.audiences import Audience
from platform_site.records.models import HasTerms, RecordPart, TermRow
from platform_site.safety.addresses import address_problem, region_problem
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary

PUBLIC = Audience.PUBLIC


class Answer(models.TextChoices):
    """Yes, no, or nothing said: the empty answer is neither."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class Cost(models.TextChoices):
    """What the service costs the person."""

    FREE = "free", _("Free of charge")
    CONTRIBUTION = "contribution", _("Small contribution")
    PAID = "paid", _("Paid")


class Residence(models.TextChoices):
    """Which residence status is accepted."""

    ANY = "any", _("Any, also none")
    REGULAR = "regular", _("Regular stay only")


class Capacity(models.TextChoices):
    """Whether there is room now. How much is never stored."""

    OPEN = "open", _("Open")
    WAITING = "waiting_list", _("Waiting list")
    FULL = "full", _("Full")


# What an editor writes in own words; shown beside an accommodation it must not lead there.
FREE_FIELDS = ("name", "conditions", "longest_duration", "hours", "evidence")


def _answer(label: Any) -> models.CharField[str, str]:
    return models.CharField(label, max_length=3, choices=Answer.choices, blank=True)


def houses_people(service_type: str) -> bool:
    """Say whether a service of this type (its code) accommodates people: it stands in the group of accommodation.

    Help in finding housing stands there too, but nobody lives with the organisation.
    """
    return service_type != "housing_search" and "accommodation" in vocabulary("service_types").with_ancestors(
        service_type
    )


def accommodation_said(service_type: str, said: str) -> str:
    """Return whether a service accommodates people: yes by its type (a code), else as it is `said` ("": not stated)."""
    return Answer.YES.value if houses_people(service_type) else said


class Service(HasTerms, ClusterableModel, RecordPart):
    """One service of an organisation (HSDS: service with eligibility, language, schedule, service_area).

    Terms: `target_groups`, `exploitation_types`, `genders`, `ages`, `languages` (in which it is regularly given),
    `countries` (served; none: the organisation's own). What is empty is "not stated".
    """

    term_lists = ("target_groups", "exploitation_types", "genders", "ages", "languages", "countries")

    organisation = ParentalKey(Organisation, related_name="services")
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    service_type = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "service_types"},
        verbose_name=_("service"),
    )
    name = models.CharField(_("short label"), max_length=255, blank=True)
    # For no service finer than this: what accommodates nobody today may do so tomorrow (see `safety.addresses`).
    region = models.CharField(
        _("city or region"),
        max_length=255,
        blank=True,
        help_text=_("The name of a city or region, never a street or a number. For accommodation the region at most."),
    )
    accommodation = _answer(_("people are accommodated"))
    conditions = models.TextField(_("conditions and remarks"), blank=True)
    cost = models.CharField(_("cost"), max_length=12, choices=Cost.choices, blank=True)
    referral_needed = _answer(_("referral needed"))
    residence_status = models.CharField(
        _("residence status accepted"), max_length=10, choices=Residence.choices, blank=True
    )
    cooperation_required = _answer(_("cooperation with the authorities required"))
    identification_required = _answer(_("formal identification required"))
    official_mandate = _answer(_("official mandate to identify"))
    longest_duration = models.CharField(_("how long it may last"), max_length=255, blank=True)
    hours = models.CharField(_("hours"), max_length=255, blank=True)
    capacity_state = models.CharField(_("room now"), max_length=14, choices=Capacity.choices, blank=True)
    capacity_as_of = models.DateField(_("room as of"), null=True, blank=True)
    capacity_note = models.CharField(
        _("extent"),
        max_length=255,
        blank=True,
        help_text=_("For example the number of courses. Never for accommodation."),
    )
    as_of = models.PositiveSmallIntegerField(
        _("year of the statement"), null=True, blank=True, validators=[MinValueValidator(1980), MaxValueValidator(2100)]
    )
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    # What an import found in a row before it was mapped or tidied (see `records.packages.originals`).
    originals = models.JSONField(default=dict, blank=True, editable=False)

    # Everything about a service is public: it is what a counterpart abroad has to know.
    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        [
            "sort_order",
            "service_type",
            "name",
            "region",
            "accommodation",
            "conditions",
            "cost",
            "referral_needed",
            "residence_status",
            "cooperation_required",
            "identification_required",
            "official_mandate",
            "longest_duration",
            "hours",
            "capacity_state",
            "capacity_as_of",
            "capacity_note",
            "as_of",
            "evidence",
            "originals",
        ],
        PUBLIC,
    )

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        entry = self.type_entry
        return self.name or (entry.label() if entry else "")

    @property
    def type_entry(self) -> Entry | None:
        """The service type, from memory."""
        return entry_by_id(self.service_type_id)

    @property
    def accommodates(self) -> str:
        """Whether people are accommodated: "yes", "no" or "" (see `accommodation_said`)."""
        entry = self.type_entry
        return accommodation_said(entry.code if entry else "", self.accommodation)

    @property
    def is_accommodation(self) -> bool:
        """Whether it is said that people are accommodated."""
        return self.accommodates == Answer.YES

    def clean(self) -> None:
        """Refuse what could give a shelter away: a way to it, its extent. Raises ValidationError."""
        super().clean()
        problems: dict[str, Any] = {"region": region_problem(self.region)}
        if self.service_type_id and self.is_accommodation:
            problems |= {name: address_problem(getattr(self, name)) for name in FREE_FIELDS}
            if self.capacity_note:
                problems["capacity_note"] = _("For accommodation no extent is stored: it could help to find the place.")
            if self.accommodation == Answer.NO:
                problems["accommodation"] = _("A service of this type accommodates people.")
        if self.capacity_state and not self.capacity_as_of:
            problems["capacity_as_of"] = _("Say on which day this was so.")
        if found := {name: problem for name, problem in problems.items() if problem}:
            raise ValidationError(found)


class ServiceTerm(TermRow):
    """A term of a service."""

    owner = ParentalKey(Service, related_name="terms")


class Hotline(HasTerms, ClusterableModel, RecordPart):
    """A number to call (HSDS: phone with languages and schedule).

    Terms: `languages`, `countries` covered, `target_groups` who may call.
    """

    term_lists = ("languages", "countries", "target_groups")

    organisation = ParentalKey(Organisation, related_name="hotlines")
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    number = models.CharField(_("number"), max_length=60)
    hours = models.CharField(
        _("hours"), max_length=255, blank=True, help_text=_("For example 24/7, or Mon to Fri 9:00 to 17:00.")
    )
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, help_text=_("For example Europe/Rome."))
    free = models.CharField(_("free of charge"), max_length=3, choices=Answer.choices, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    # What an import found in a row before it was mapped or tidied (see `records.packages.originals`).
    originals = models.JSONField(default=dict, blank=True, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("sort_order", "number", "hours", "time_zone", "free", "evidence", "originals"), PUBLIC
    )

    class Meta:
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Refuse a number nobody can dial, and a time zone that does not exist. Raises ValidationError."""
        super().clean()
        if not any(character.isdigit() for character in self.number):
            raise ValidationError({"number": _("Give the number as people dial it.")})
        if self.time_zone:
            from zoneinfo import available_timezones

            if self.time_zone not in available_timezones():
                raise ValidationError({"time_zone": _("Write it like Europe/Rome.")})


class HotlineTerm(TermRow):
    """A term of a hotline."""

    owner = ParentalKey(Hotline, related_name="terms")
