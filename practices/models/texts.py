"""The prose of a practice chart in one language."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from platform_site.records.audiences import Audience
from platform_site.texts.models import FormattedTextField, LanguageText
from practices.models.charts import PracticeChart
from practices.standard_form import required_names, text_names


class PracticeText(LanguageText):
    """All prose of a chart in one language. Lists are bullet lists (`texts.formatted.from_list` and `to_list`).

    A draft may have any of it empty; what has to be there is asked by the publish gate.
    """

    record = ParentalKey(PracticeChart, related_name="texts")
    name = models.CharField(_("name"), max_length=255, blank=True)
    typology = FormattedTextField(_("type of intervention, in own words"))
    period = models.CharField(_("period, in words"), max_length=255, blank=True)
    area = FormattedTextField(_("area"))
    background = FormattedTextField(_("background"))
    target_groups = FormattedTextField(_("target groups, in own words"))
    general_aim = FormattedTextField(_("general aim"))
    objectives = FormattedTextField(_("working objectives"))
    activities = FormattedTextField(_("activities"))
    methods = FormattedTextField(_("methods"))
    tools = FormattedTextField(_("tools"))
    monitoring = FormattedTextField(_("monitoring and evaluation"))
    resources_human = FormattedTextField(_("resources: people"))
    resources_financial = FormattedTextField(_("resources: money"))
    resources_in_kind = FormattedTextField(_("resources: in kind"))
    results = FormattedTextField(_("results"))
    impact_short = FormattedTextField(_("impact, short term"))
    impact_medium = FormattedTextField(_("impact, medium term"))
    impact_long = FormattedTextField(_("impact, long term"))
    strengths = FormattedTextField(_("strengths"))
    innovation = FormattedTextField(_("innovative elements"))
    weaknesses = FormattedTextField(_("challenges and shortcomings"))
    transferability = FormattedTextField(_("transferability"))
    mainstreaming = FormattedTextField(_("mainstreaming"))
    references = FormattedTextField(_("references"))
    adaptation_note = FormattedTextField(
        _("what was changed"), help_text=_("Only where the practice was adapted from another one.")
    )

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys((*text_names(), "adaptation_note"), Audience.PUBLIC)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="practice_text_once_per_language"),
        ]

    def asked_to_publish(self) -> frozenset[str]:
        """Return what the standard form requires of the original; of a translation its name."""
        return required_names("text") if self.is_original else frozenset({"name"})

    def __str__(self) -> str:
        return self.name or self.language
