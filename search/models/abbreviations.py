"""Abbreviations: short forms that readers meet in texts, with their full forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from platform_site.records.audiences import Audience
from platform_site.records.models import HasName, Record
from platform_site.records.querysets import RecordQuerySet
from platform_site.records.registry import register_record
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id


@register_record
class Abbreviation(HasName, Record):
    """An abbreviation with its full form: names of bodies, networks and programmes, most of which are no concept.

    An acronym that is a word for a concept is a label of that concept; where both have it, the entry leads there.
    """

    record_type = "abbreviation"
    url_name = "search:abbreviation_detail"

    name = models.CharField(_("abbreviation"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    full_form = models.CharField(_("full form"), max_length=500, help_text=_("As it is written out in texts."))
    kind = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "abbreviation_kinds"},
        verbose_name=_("kind"),
    )

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("name", "slug", "full_form", "kind"), Audience.PUBLIC)

    class Meta:
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        ordering: ClassVar[list[str]] = ["name"]

    @property
    def kind_entry(self) -> Entry | None:
        """What the abbreviation stands for, from memory."""
        return entry_by_id(self.kind_id)

    def publish_problems(self) -> Iterable[Any]:
        """An abbreviation has no text beside its full form."""
        return []

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the entry of the glossary with this content."""
        from search.views.abbreviation_detail import render_abbreviation

        return render_abbreviation(request, self)
