"""Which countries are party to a legal instrument."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from library.models.documents import partial_date, term_of
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import Entry, entry_by_id

# The name of these rows among the data versions.
VERSION = "instrument_party"


class InstrumentParty(models.Model):
    """That a country is party to an instrument, since when, and where that is said. Public, kept by editors."""

    instrument = term_of("legal_instruments", _("legal instrument"))
    country = term_of("countries", _("country"))
    since = partial_date(_("in force there since"))
    note = models.CharField(_("reservation or remark"), max_length=255, blank=True)
    source_url = models.URLField(_("address of the source"))
    checked_on = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("party to an instrument")
        verbose_name_plural = _("parties to instruments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["instrument", "country"], name="library_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.country_entry}: {entry_by_id(self.instrument_id)}"

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory."""
        return entry_by_id(self.country_id)


# Signals, because a deletion of many rows at once calls no method of a row.
@receiver(post_save, sender=InstrumentParty, dispatch_uid="library.party_saved")
@receiver(post_delete, sender=InstrumentParty, dispatch_uid="library.party_deleted")
def parties_changed(**_given: Any) -> None:
    """Have what was computed from the parties computed anew."""
    versions.bump(VERSION)
