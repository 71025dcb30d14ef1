"""Reports of errors in entries, as readers send them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErrorReport(models.Model):
    """What a reader says is wrong in an entry. Private: staff read it. A plain model: no revision keeps it."""

    class State(models.TextChoices):
        """Where the report stands."""

        OPEN = "open", _("Open")
        CHECKING = "checking", _("Being checked")
        DONE = "done", _("Mended")
        REJECTED = "rejected", _("Nothing to mend")

    record_key = models.CharField(_("entry"), max_length=300, db_index=True)
    message = models.TextField(_("what is wrong"), max_length=4000)
    reply_to = models.EmailField(_("mail for questions"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True)
    note = models.TextField(_("note of the editors"), blank=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering: ClassVar[list[str]] = ["-created_at"]

    @property
    def record_name(self) -> str:
        """The name of the entry, as its key has it: the entry itself may be gone."""
        return self.record_key.partition(":")[2]

    def __str__(self) -> str:
        return f"{self.record_key}: {self.message[:60]}"
