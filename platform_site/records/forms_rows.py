"""The rows of a record in a form: what was typed is kept when the rows behind it are gone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseModelFormSet
from modelcluster.forms import BaseChildFormSet


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
    """

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
