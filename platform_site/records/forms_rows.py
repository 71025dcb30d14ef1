"""The rows of a record in a form: what was typed is kept when the rows behind it are gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseModelFormSet
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet

# Rows that one form may add: far above what a person types, low enough that a forged count costs a second at most.
MOST_NEW_ROWS = 100


class RowKeyField(forms.ModelChoiceField):
    """The hidden key of a row: a key that no row has any more counts as none."""

    def to_python(self, value: Any) -> Any:
        """Return the row, or None."""
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class RowsFormSet(BaseChildFormSet):
    """Rows of a record.

    modelcluster breaks on a key that is not among the rows. That happens to honest people: a colleague published a
    version without the row, or saved the draft in which it was new, while this form was open. Such a row is a new one.
    The other way round, a colleague may have added a row meanwhile: it stays, and what may be there only once (a text
    in a language) is not added a second time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absolute_max = len(self.get_queryset()) + MOST_NEW_ROWS

    def clean(self) -> None:
        """Refuse what may be there once, and let rows change places. Raises ValidationError."""
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        in_form = {form.instance.pk for form in self.forms}
        unseen = [row for row in self.get_queryset() if row.pk not in in_form]
        for names in self._unique_among_rows():
            taken = {_values(row, names): row for row in unseen}
            moved = {tuple(map(form.initial.get, names)): form for form in kept if form.instance.pk is not None}
            for form in kept:
                values = _values(form.instance, names)
                if values in taken:
                    form.add_error(names[-1], _("Somebody has already added this. Open the entry again to see it."))
                elif moved.get(values, form) is not form:
                    # Written over one another one by one, both would be there twice for a moment: a row anew instead.
                    form.instance.pk = None

    def _unique_among_rows(self) -> Iterator[list[str]]:
        """Give the names of the fields whose values may be there once in a record."""
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and self.fk.name in constraint.fields:
                yield [name for name in constraint.fields if name != self.fk.name]

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        if self.is_bound and i < self.initial_form_count():
            kwargs["instance"] = self._row(self.data.get(f"{self.add_prefix(i)}-{self.model._meta.pk.name}", ""))
            # Past modelcluster's and Django's own search for the row.
            return super(BaseModelFormSet, self)._construct_form(i, **kwargs)  # type: ignore[misc]  # untyped base
        return super()._construct_form(i, **kwargs)

    def _row(self, key: str) -> Any:
        known = {str(row.pk): row for row in self.get_queryset() if row.pk is not None}
        return known.get(key) or self.model()

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add the hidden fields of a row, its key as one that forgives."""
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        given = form.fields[name]
        form.fields[name] = RowKeyField(given.queryset, initial=given.initial, required=False, widget=given.widget)


def _values(row: Any, names: list[str]) -> tuple[Any, ...]:
    """Return what a row holds in the fields `names`, relations as keys."""
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)
