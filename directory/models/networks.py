"""Networks and programmes: who belongs to which, and what frames the practices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.organisations import Organisation
from directory.querysets import NetworkQuerySet, ProgrammeQuerySet
from platform_site.records.audiences import Audience
from platform_site.records.gate import Reason
from platform_site.records.models import HasName, HasTerms, Record, RecordLink, RecordPart, TermRow, link_problems
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText
from platform_site.vocabulary.models import Term

PUBLIC = Audience.PUBLIC
YEAR_OR_MONTH = RegexValidator(r"\A\d{4}(-(0[1-9]|1[0-2]))?\Z", _("Write YYYY or YYYY-MM."))


@register_record
class Network(HasName, Record):
    """A network, platform or coordination body, with the organisations of the directory that belong to it."""

    record_type = "network"
    url_name = "directory:network_detail"

    name = models.CharField(_("short name"), max_length=255, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    full_name = models.CharField(_("full name"), max_length=500, blank=True)
    kind = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "network_kinds"},
        verbose_name=_("kind"),
    )
    website = models.URLField(_("website"), blank=True)
    # A fact of its own, because no rows can say two things: that there are none, and that nobody said which.
    members_unstated = models.BooleanField(
        _("members not stated"),
        default=False,
        help_text=_("Tick it where nobody has said who belongs to it. Without it, an empty list means: no members."),
    )

    objects: ClassVar[Any] = NetworkQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "slug", "full_name", "kind", "website", "members_unstated"), PUBLIC
    )

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering: ClassVar[list[str]] = ["name"]

    def publish_problems(self) -> Iterable[Any]:
        """A network needs no text. Who names members has stated them."""
        if self.members_unstated and self.memberships.all():
            sentence = _("Members are named: take the tick off “members not stated”.")
            return [Reason(sentence, row=self, name="members_unstated")]
        return []

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the network's page with this content."""
        from directory.views.network_detail import render_network

        return render_network(request, self)


class NetworkMembership(RecordPart):
    """That an organisation belongs to a network."""

    network = ParentalKey(Network, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="network_memberships", verbose_name=_("organisation")
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = {"organisation": PUBLIC, "sort_order": PUBLIC}

    class Meta:
        verbose_name = _("member of the network")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["network", "organisation"], name="network_member_once")
        ]


class NetworkText(LanguageText):
    """What a network is, in one language."""

    record = ParentalKey(Network, related_name="texts")
    description = FormattedTextField(_("description"))

    field_audiences: ClassVar[dict[str, str]] = {"description": PUBLIC}

    class Meta:
        verbose_name = _("description")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="network_text_once_per_language")
        ]


@register_record
class Programme(HasName, HasTerms, Record):
    """A programme, project or initiative. Terms: `countries`."""

    record_type = "programme"
    url_name = "directory:programme_detail"
    term_lists = ("countries",)

    name = models.CharField(_("name"), max_length=500, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    kind = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "programme_kinds"},
        verbose_name=_("kind"),
    )
    start = models.CharField(_("start"), max_length=7, blank=True, validators=[YEAR_OR_MONTH])
    end = models.CharField(_("end"), max_length=7, blank=True, validators=[YEAR_OR_MONTH])
    funder = models.CharField(_("funder"), max_length=500, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    objects: ClassVar[Any] = ProgrammeQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "slug", "acronym", "kind", "start", "end", "funder", "evidence"), PUBLIC
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering: ClassVar[list[str]] = ["name"]

    def publish_problems(self) -> Iterable[Any]:
        """A programme names a linked record once, and never itself."""
        return [*super().publish_problems(), *link_problems(self, self.linked_records.all())]

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the programme's page with this content."""
        from directory.views.programme_detail import render_programme

        return render_programme(request, self)


class ProgrammePartner(RecordPart):
    """A coordinator or partner of a programme: an organisation of the directory, else a name as printed."""

    class Role(models.TextChoices):
        """What the body does in the programme."""

        COORDINATOR = "coordinator", _("Coordinator")
        PARTNER = "partner", _("Partner")

    programme = ParentalKey(Programme, related_name="partners")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTNER)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programme_roles",
        verbose_name=_("organisation"),
    )
    printed_name = models.CharField(_("name, if it is not in the directory"), max_length=500, blank=True)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("role", "organisation", "printed_name", "sort_order"), PUBLIC
    )

    class Meta:
        verbose_name = _("partner")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | ~models.Q(printed_name=""),
                name="programme_partner_named",
            ),
        ]


class ProgrammeLink(RecordLink):
    """A record that belongs to a programme: a chart or case study out of it, what it wrote, a network, a part of it.

    Organisations are its partners.
    """

    linkable = ("practice", "case", "document", "network", "programme")
    key_help = _(
        "As in “practice:3” or “case:2” (their numbers), “document:last-part-of-its-address”, "
        "“network:Short name of the network” or “programme:Name of the programme”."
    )

    programme = ParentalKey(Programme, related_name="linked_records")

    class Meta(RecordLink.Meta):
        verbose_name = _("linked record")


class ProgrammeTerm(TermRow):
    """A country of a programme."""

    owner = ParentalKey(Programme, related_name="terms")


class ProgrammeText(LanguageText):
    """What a programme did, in one language."""

    record = ParentalKey(Programme, related_name="texts")
    summary = FormattedTextField(_("summary"))
    outputs = FormattedTextField(_("outputs"))

    field_audiences: ClassVar[dict[str, str]] = {"summary": PUBLIC, "outputs": PUBLIC}

    class Meta:
        verbose_name = _("summary")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="programme_text_once_per_language")
        ]
