"""The organisation: the facts of an entry, its texts, its offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.querysets import OrganisationQuerySet
from platform_site.records.audiences import Audience, opt_in
from platform_site.records.models import HasName, HasTerms, Record, RecordPart, TermRow
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id

PUBLIC = Audience.PUBLIC
MEMBERS = Audience.MEMBERS
STAFF = Audience.STAFF
OFFICE = opt_in("office_public")


@register_record
class Organisation(HasName, HasTerms, Record):
    """An organisation of the directory (HSDS: organization).

    Terms: `languages` (working languages), `countries` (other countries of work). Office contacts are read by members,
    by the public only where the organisation opts in (`office_public`).
    """

    record_type = "organisation"
    url_name = "directory:organisation_detail"
    term_lists = ("languages", "countries")

    name = models.CharField(_("name"), max_length=255, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the entry's address. Keep it once published."),
    )
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    native_name = models.CharField(_("original name"), max_length=255, blank=True)
    native_language = models.CharField(_("language of the original name"), max_length=12, blank=True)
    organisation_type = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "organisation_types"},
        verbose_name=_("type"),
    )
    country = models.ForeignKey(
        Term, models.PROTECT, related_name="+", limit_choices_to={"vocabulary": "countries"}, verbose_name=_("country")
    )
    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2100)]
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    office_phone = models.CharField(_("office phone"), max_length=120, blank=True)
    office_fax = models.CharField(_("office fax"), max_length=120, blank=True)
    office_email = models.EmailField(
        _("office mail"), blank=True, help_text=_("Of the office or a unit, never a person's own mailbox.")
    )
    office_public = models.BooleanField(_("show phone, fax and mail to everybody"), default=False)
    membership_status = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "membership_statuses"},
        verbose_name=_("membership"),
    )
    member_since = models.CharField(
        _("member since"), max_length=10, blank=True, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD.")
    )
    project_role = models.CharField(_("role in the founding project"), max_length=60, blank=True)
    # Facts are terms and read in every language; what is typed beside them in rows has one.
    words_language = models.CharField(
        _("language of your words on services and hotlines"),
        max_length=12,
        default="en",
        help_text=_(
            "Of the names, remarks and hours that you type there: readers of other languages are told which language"
            " it is."
        ),
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
        editable=False,
    )

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = {
        "name": PUBLIC,
        "slug": PUBLIC,
        "short_name": PUBLIC,
        "acronym": PUBLIC,
        "native_name": PUBLIC,
        "native_language": PUBLIC,
        "organisation_type": PUBLIC,
        "country": PUBLIC,
        "founded": PUBLIC,
        "website": PUBLIC,
        "logo": PUBLIC,
        "office_phone": OFFICE,
        "office_fax": OFFICE,
        "office_email": OFFICE,
        "office_public": STAFF,
        "membership_status": PUBLIC,
        "member_since": PUBLIC,
        "project_role": PUBLIC,
        "words_language": PUBLIC,
        "confirmed_on": PUBLIC,
        "confirmed_by": STAFF,
    }

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar[list[str]] = ["name"]

    @property
    def display_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory."""
        return entry_by_id(self.country_id)

    @property
    def type_entry(self) -> Entry | None:
        """The type, from memory."""
        return entry_by_id(self.organisation_type_id)

    @property
    def membership_entry(self) -> Entry | None:
        """The membership status, from memory."""
        return entry_by_id(self.membership_status_id)

    def publish_problems(self) -> Iterable[Any]:
        """An entry needs no description: an organisation that is only named is still a counterpart."""
        rows = list(self.texts.all())
        if rows and sum(row.is_original for row in rows) != 1:
            return [_("Mark exactly one text as the original.")]
        return []

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the entry page with this content."""
        from directory.views.organisation_detail import render_organisation

        return render_organisation(request, self)


class OrganisationTerm(TermRow):
    """A working language or another country of work."""

    owner = ParentalKey(Organisation, related_name="terms")


class OrganisationText(LanguageText):
    """The description of an organisation in one language."""

    record = ParentalKey(Organisation, related_name="texts")
    description = FormattedTextField(_("description"))

    field_audiences: ClassVar[dict[str, str]] = {"description": PUBLIC}

    class Meta:
        verbose_name = _("description")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="organisation_text_once_per_language")
        ]


class Location(RecordPart):
    """An office of an organisation (HSDS: location). Never an accommodation: no field here can hold a shelter.

    City and street are read by members and, by opt-in, by the public.
    """

    organisation = ParentalKey(Organisation, related_name="locations")
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    city = models.CharField(_("city"), max_length=120, blank=True)
    address = models.CharField(
        _("street and postal code of the office"),
        max_length=255,
        blank=True,
        help_text=_("Of the office only. Never where people are sheltered."),
    )
    shown = models.BooleanField(_("the organisation agrees that members see it"), default=False)
    public = models.BooleanField(_("show it to everybody"), default=False)

    field_audiences: ClassVar[dict[str, str]] = {
        "city": opt_in("public"),
        "address": opt_in("public"),
        "shown": STAFF,
        "public": STAFF,
        "sort_order": PUBLIC,
    }

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.city or self.address

    def clean(self) -> None:
        """Refuse an office without a place. Raises ValidationError."""
        super().clean()
        if not (self.city or self.address):
            raise ValidationError({"city": _("Give the city or the street of the office.")})
