"""What the safety app keeps: counters of use, without names or addresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UseCounter(models.Model):
    """How often one actor did one thing in one stretch of time; `rate_limits` writes it and forgets it when it ends."""

    key = models.CharField(
        _("key"),
        max_length=64,
        primary_key=True,
        help_text=_("A keyed hash of scope, actor and stretch of time; says nothing by itself."),
    )
    count = models.PositiveIntegerField(_("count"), default=0)
    expires_at = models.DateTimeField(_("forgotten after"), db_index=True)

    class Meta:
        verbose_name = _("counter of use")
        verbose_name_plural = _("counters of use")

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.count}"
