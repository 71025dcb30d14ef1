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

    # The `reference` of the entry, which may be renamed; beside it what it was called when the report came.
    record_reference = models.CharField(max_length=60, db_index=True, editable=False)
    record_name = models.CharField(_("entry"), max_length=300)
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

    def __str__(self) -> str:
        return f"{self.record_name}: {self.message[:60]}"
