"""Earlier versions of a page that was decided on, such as the Charter: kept when a later one takes its place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_site.blocks.body import BodyField
from platform_site.texts.models import FormattedTextField


class EarlierVersion(models.Model):
    """The text of a page as it was adopted on a day, until another one was adopted."""

    page = models.ForeignKey("home.PlainPage", models.CASCADE, related_name="earlier_versions")
    adopted_on = models.DateField(_("adopted on"))
    title = models.CharField(_("title"), max_length=255)
    intro = FormattedTextField(_("introduction"))
    body = BodyField(verbose_name=_("content"), blank=True)
    # As of the page: what the file of a package was.
    originals = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ("-adopted_on",)
        constraints = (models.UniqueConstraint(fields=("page", "adopted_on"), name="one_earlier_version_a_day"),)

    def __str__(self) -> str:
        return f"{self.title}, {self.adopted_on}"
