"""Parts of records: child rows, and rows that hold a term of a controlled list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary


class RecordPart(models.Model):
    """A child row of a record. Like a record it states who may read each of its fields; editors sort the rows."""

    # Wagtail's name for the field that keeps the order in which an editor put the rows.
    sort_order_field: ClassVar[str] = "sort_order"
    field_audiences: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True


class TermRow(RecordPart):
    """One term of one owner. The list that the term belongs to says what the row means (`languages`, `ages` …).

    Subclasses add `owner = ParentalKey(…, related_name="terms")`. A through row with PROTECT and not a many-to-many
    field: Wagtail's usage index does not see the latter, and a used term would be deleted silently.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    sort_order = models.PositiveIntegerField(default=0)

    field_audiences: ClassVar[dict[str, str]] = {"term": "public", "sort_order": "public"}

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        entry = self.entry
        return entry.label() if entry else str(self.term_id)

    @property
    def entry(self) -> Entry | None:
        """The term as kept in memory: no query."""
        return entry_by_id(self.term_id)


def _place(row: TermRow) -> tuple[int, int]:
    return row.sort_order, row.pk or 0


class HasTerms:
    """What an owner of term rows (related name `terms`) can say about them, on drafts and prefetched rows alike."""

    # The lists whose terms the rows may hold; a system check compares it with the forms.
    term_lists: ClassVar[tuple[str, ...]] = ()
    terms: Any

    def entries(self, name: str) -> list[Entry]:
        """Return the entries of the list `name`, in their order on the record."""
        return [entry for row in self._sorted_terms() if (entry := row.entry) and name in entry.list_names]

    def _sorted_terms(self) -> list[Any]:
        """Return the rows in their order; rows that were prefetched, and not edited since, are sorted once."""
        mine = vars(self)
        rows = mine.get("_prefetched_objects_cache", {}).get("terms")
        if rows is None or "terms" in mine.get("_cluster_related_objects", ()):
            return sorted(self.terms.all(), key=_place)
        known = mine.get("_terms_in_order")
        if known is None or known[0] is not rows:
            known = mine["_terms_in_order"] = (rows, sorted(rows, key=_place))
        return known[1]

    def codes(self, name: str) -> list[str]:
        """Return the codes of the list `name`, in their order on the record."""
        return [entry.code for entry in self.entries(name)]

    def set_codes(self, name: str, codes: Iterable[str]) -> None:
        """Replace the terms of the list `name`; the owner's save or revision stores them.

        Raises ValidationError for a code that the list does not have.
        """
        known = vocabulary(name)
        wanted = list(dict.fromkeys(codes))
        unknown = [code for code in wanted if code not in known]
        if unknown:
            raise ValidationError(_("%(list)s has no %(codes)s.") % {"list": name, "codes": ", ".join(unknown)})
        if wanted == self.codes(name):
            return
        row_class = self.terms.model
        kept = [row for row in self.terms.all() if not (row.entry and name in row.entry.list_names)]
        fresh = [row_class(term_id=known[code].id, sort_order=number) for number, code in enumerate(wanted)]
        self.terms = [*kept, *fresh]
