"""Parts of records: child rows, and rows that hold a term of a controlled list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def _by_list(term_ids: Iterable[int]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for term_id in term_ids:
        entry = entry_by_id(term_id)
        for name in entry.list_names if entry else ():
            found.setdefault(name, []).append(entry)  # type: ignore[arg-type]  # there are no names without an entry
    return found


def fetch_terms(owners: Sequence[HasTerms]) -> None:
    """Give `owners`, saved and of one class, the entries of their terms with one query, to be read and not edited.

    A tenth of the work of `prefetch_related("terms")`, which makes an object of each row: for lists. The rows
    themselves (`terms.all()`) are not fetched.
    """
    if not owners:
        return
    by_pk: dict[int, list[int]] = {owner.pk: [] for owner in owners}
    rows = owners[0].terms.model.objects.filter(owner__in=by_pk).order_by("sort_order", "pk")
    for owner, term in rows.values_list("owner_id", "term_id"):
        by_pk[owner].append(term)
    for owner in owners:
        vars(owner)["_kept_terms"] = None, _by_list(by_pk[owner.pk])


class HasTerms:
    """What an owner of term rows (related name `terms`) can say about them, on drafts and prefetched rows alike."""

    # The lists whose terms the rows may hold; a system check compares it with the forms.
    term_lists: ClassVar[tuple[str, ...]] = ()
    terms: Any
    pk: Any

    def entries(self, name: str) -> list[Entry]:
        """Return the entries of the list `name`, in their order on the record."""
        return list(self._terms_by_list().get(name, ()))

    def _terms_by_list(self) -> dict[str, list[Entry]]:
        """Return the entries of each list in their order; what was fetched at once, and not edited since, once."""
        mine = vars(self)
        if "terms" in mine.get("_cluster_related_objects", ()):
            return _by_list(row.term_id for row in sorted(self.terms.all(), key=_place))
        prefetched = mine.get("_prefetched_objects_cache", {}).get("terms")
        kept = mine.get("_kept_terms")
        if kept is not None and kept[0] is prefetched:
            found: dict[str, list[Entry]] = kept[1]
            return found
        rows = self.terms.all() if prefetched is None else prefetched
        found = _by_list(row.term_id for row in sorted(rows, key=_place))
        if prefetched is not None:
            mine["_kept_terms"] = prefetched, found
        return found

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
