"""Which countries are party to a legal instrument."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what was computed from it is computed anew."""
        super().save(*args, **kwargs)
        versions.bump(VERSION)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete; what was computed from it is computed anew."""
        deleted = super().delete(*args, **kwargs)
        versions.bump(VERSION)
        return deleted

    @property
    def country_entry(self) -> Entry | None:
        """The country, from memory."""
        return entry_by_id(self.country_id)
