"""Procedure notes: what a way from one country to another takes. What is said is dated and sourced, each for itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.querysets import ProcedureNoteQuerySet
from platform_site.records.audiences import Audience
from platform_site.records.models import Record, RecordPart
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText, original_text
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id

PUBLIC = Audience.PUBLIC


def country_field(label: Any) -> models.ForeignKey[Any, Any]:
    """Return a field for one end of a way."""
    return models.ForeignKey(
        Term, models.PROTECT, related_name="+", limit_choices_to={"vocabulary": "countries"}, verbose_name=label
    )


@register_record
class ProcedureNote(Record):
    """What is known about a way from one country to another: papers, consulates, time, travel, who pays.

    One pair may have several notes (for adults and for minors, say). The facts of a point (`points`: as of which day,
    from which source) stand once, its words in `texts` once for each language.
    """

    record_type = "procedure_note"
    url_name = "directory:procedure_detail"

    name = models.CharField(
        _("name"), max_length=255, unique=True, help_text=_('For example "Germany to Romania: adults who return".')
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    origin = country_field(_("from"))
    destination = country_field(_("to"))

    objects: ClassVar[Any] = ProcedureNoteQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("name", "slug", "origin", "destination"), PUBLIC)

    class Meta:
        verbose_name = _("procedure note")
        verbose_name_plural = _("procedure notes")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The title of the text in the active language, else the name."""
        text = self.text()
        return (text.title if text else "") or self.name

    @property
    def public_id(self) -> str:
        """The name."""
        return self.name

    @classmethod
    def from_public_id(cls, public_id: str) -> Any | None:
        """Return the note of this name, whatever its state, or None."""
        return cls.objects.filter(name=public_id).first()

    def url_arguments(self) -> list[Any]:
        """The address is the slug."""
        return [self.slug]

    @property
    def origin_entry(self) -> Entry | None:
        """Where the way begins, from memory."""
        return entry_by_id(self.origin_id)

    @property
    def destination_entry(self) -> Entry | None:
        """Where it leads, from memory."""
        return entry_by_id(self.destination_id)

    def clean(self) -> None:
        """Refuse a way that leads nowhere. Raises ValidationError."""
        super().clean()
        if self.origin_id is not None and self.origin_id == self.destination_id:
            raise ValidationError({"destination": _("Choose two different countries.")})

    def publish_problems(self) -> Iterable[Any]:
        """Ask for an original text, and for day and source of each point that it speaks of: no more, no less."""
        problems = list(super().publish_problems())
        original = original_text(self.texts.all())
        if problems or original is None:
            return problems
        dated = {point.topic for point in self.points.all()}
        said = {topic.value for topic in ProcedurePoint.Topic if getattr(original, topic.value).strip()}
        if not said:
            problems.append(_("Write about at least one point: papers, consulates, time, travel or who pays."))
        for topic in ProcedurePoint.Topic:
            if topic in said - dated:
                problems.append(
                    _("%(point)s: say as of which day it is true, and who says so.") % {"point": topic.label}
                )
            elif topic in dated - said:
                problems.append(_("%(point)s: there is a day and a source, but no words.") % {"point": topic.label})
        for text in self.texts.all():
            unknown = [topic for topic in ProcedurePoint.Topic if topic not in said and getattr(text, topic).strip()]
            if text is not original and unknown:
                problems.append(
                    _("%(point)s: a translation speaks of it, the original does not.") % {"point": unknown[0].label}
                )
        return problems

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the note's page with this content."""
        from directory.views.procedure_detail import render_procedure

        return render_procedure(request, self)


class ProcedurePoint(RecordPart):
    """The facts of one point of a note: as of which day it is true, and who says so."""

    class Topic(models.TextChoices):
        """What a point is about. The values are the fields of `ProcedureText`."""

        PAPERS = "papers", _("Papers needed")
        CONSULATES = "consulates", _("Consulates")
        TIME = "usual_time", _("Usual time")
        TRAVEL = "travel", _("Travel and escort")
        COSTS = "costs", _("Who pays")

    note = ParentalKey(ProcedureNote, related_name="points")
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    topic = models.CharField(_("point"), max_length=12, choices=Topic.choices)
    as_of = models.DateField(_("true as of"))
    source = models.CharField(
        _("source"), max_length=500, help_text=_("A law, a page of an authority, an organisation's experience.")
    )
    source_url = models.URLField(_("address of the source"), blank=True)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("sort_order", "topic", "as_of", "source", "source_url"), PUBLIC
    )

    class Meta:
        verbose_name = _("point of a note")
        verbose_name_plural = _("points of a note")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "topic"], name="procedure_point_once")
        ]

    def __str__(self) -> str:
        return str(self.get_topic_display())

    def clean(self) -> None:
        """Refuse a day that is still to come. Raises ValidationError."""
        super().clean()
        if self.as_of and self.as_of > timezone.localdate():
            raise ValidationError({"as_of": _("This day is still to come.")})


class ProcedureText(LanguageText):
    """What a note says, in one language: one text for each topic of `ProcedurePoint`."""

    record = ParentalKey(ProcedureNote, related_name="texts")
    title = models.CharField(_("title"), max_length=255, blank=True, help_text=_("Empty: the name."))
    papers = FormattedTextField(_("papers needed"))
    consulates = FormattedTextField(_("consulates"))
    usual_time = FormattedTextField(_("usual time"))
    travel = FormattedTextField(_("travel and escort"))
    costs = FormattedTextField(_("who pays"))

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("title", "papers", "consulates", "usual_time", "travel", "costs"), PUBLIC
    )

    class Meta:
        verbose_name = _("text of the note")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="procedure_text_once_per_language")
        ]
