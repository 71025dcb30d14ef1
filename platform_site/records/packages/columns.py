"""Columns of the tables of a package: how each is read, put into a record, and written again."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from platform_site.records.packages.package import NEVER
from platform_site.records.packages.reading import Cell, CellError
from platform_site.texts.models import original_text
from platform_site.vocabulary.store import entry_by_id, term_id


class Column(ABC):
    """One column. `extra` columns are written only where a row has a value; `required` ones must have one."""

    # An empty cell leaves the value to the site; what was printed is not kept beside it.
    left_to_site = False
    # The model's field that the column fills, if it is one.
    field_name = ""

    def __init__(self, name: str, *, extra: bool = False, required: bool = False) -> None:
        self.name = name
        self.extra = extra
        self.required = required

    def read(self, cell: Cell) -> Any:
        """Return the value of `cell`. Raises CellError with a sentence."""
        if self.required and not cell.text:
            raise CellError("The value is missing.")
        return self.parse(cell)

    def parse(self, cell: Cell) -> Any:
        """Return the value of a cell, as `apply` takes it; subclasses say how."""
        return cell.text

    @abstractmethod
    def apply(self, obj: Any, value: Any) -> None:
        """Put a value that was read into `obj`."""

    @abstractmethod
    def write(self, obj: Any) -> str:
        """Return what `obj` says, as a cell."""

    def same(self, given: str, current: str) -> bool:
        """Say whether a record whose cell is `current` needs no change for the `given` one."""
        return given == current


class FieldColumn(Column):
    """A plain field of the model: text, number, day or choice, with the field's own rules."""

    def __init__(
        self, name: str, field: models.Field[Any, Any], *, extra: bool = False, required: bool = False
    ) -> None:
        super().__init__(name, extra=extra, required=required)
        self.field = field
        self.field_name = field.name

    def parse(self, cell: Cell) -> Any:
        """Return the value as the field keeps it; an empty cell is the field's default."""
        if not cell.text:
            return self.field.get_default()
        return cell.clean(self.field, cell.text)

    def apply(self, obj: Any, value: Any) -> None:
        """Set the field."""
        setattr(obj, self.field.name, value)

    def write(self, obj: Any) -> str:
        """Return the field's value; empty for its default, unless the cell must not be empty."""
        value = getattr(obj, self.field.name)
        if value is None or (value == self.field.get_default() and not self.required):
            return ""
        return value.isoformat() if isinstance(value, dt.date) else str(value)


class SiteColumn(FieldColumn):
    """A field that the site fills where the cell is empty: where a record is from, when it was confirmed.

    With `later_wins` a day on the site is never set back.
    """

    left_to_site = True

    def __init__(self, name: str, field: models.Field[Any, Any], *, later_wins: bool = False) -> None:
        super().__init__(name, field, extra=True)
        self.later_wins = later_wins

    def apply(self, obj: Any, value: Any) -> None:
        """Set the field if the cell says something (newer)."""
        current = getattr(obj, self.field.name)
        if value and not (self.later_wins and current and current >= value):
            super().apply(obj, value)

    def same(self, given: str, current: str) -> bool:
        """An empty cell and, where the later day wins, an earlier one need no change."""
        return not given or given == current or (self.later_wins and given <= current)


class ImportedOnColumn(SiteColumn):
    """The day of the first import; `never` for a record that was made on a site."""

    def parse(self, cell: Cell) -> Any:
        """Return the day, `never`, or None for an empty cell."""
        return NEVER if cell.text == NEVER else super().parse(cell)

    def apply(self, obj: Any, value: Any) -> None:
        """Set the day if the cell says something."""
        if value:
            setattr(obj, self.field.name, None if value == NEVER else value)

    def write(self, obj: Any) -> str:
        """Return the day or `never`."""
        return super().write(obj) or NEVER


class WithdrawalColumn(Column):
    """Why a record was withdrawn, the language of that, or the key of its successor (see `packages.withdrawing`)."""

    left_to_site = True

    def __init__(self, name: str, says: Callable[[Any], str]) -> None:
        super().__init__(name, extra=True)
        self.says = says

    def apply(self, obj: Any, value: Any) -> None:
        """Nothing yet: what is withdrawn is published first."""

    def write(self, obj: Any) -> str:
        """Return what the record says."""
        return self.says(obj)

    def same(self, given: str, current: str) -> bool:
        """An empty cell leaves it to the site."""
        return given in {"", current}


class AddressColumn(FieldColumn):
    """A web address; one without a scheme gets https."""

    def parse(self, cell: Cell) -> Any:
        """Return the address with its scheme."""
        text = cell.text
        if text and "://" not in text:
            text = f"https://{text}"
        return cell.clean(self.field, text) if text else ""


class YesColumn(Column):
    """A mark: `yes`, or nothing. `no` says that, too, where the field can tell it from nothing said."""

    def __init__(self, name: str, field: str, *, extra: bool = False) -> None:
        super().__init__(name, extra=extra)
        self.field = field

    def parse(self, cell: Cell) -> Any:
        """Return whether the mark is set."""
        if cell.text not in {"", "yes"}:
            raise CellError("Expected yes, or an empty cell.")
        return cell.text == "yes"

    def apply(self, obj: Any, value: Any) -> None:
        """Set the mark."""
        setattr(obj, self.field, value)

    def write(self, obj: Any) -> str:
        """Return `yes` where the mark is set."""
        return "yes" if getattr(obj, self.field) else ""


class TermColumn(Column):
    """One term of a controlled list, kept in a foreign key."""

    def __init__(self, name: str, field: str, list_name: str, *, extra: bool = False, required: bool = False) -> None:
        super().__init__(name, extra=extra, required=required)
        self.attribute = f"{field}_id"
        self.field_name = field
        self.list_name = list_name

    def parse(self, cell: Cell) -> str:
        """Return the code, or the empty text."""
        if not cell.text:
            return ""
        codes = cell.codes(self.list_name, [cell.text])
        if len(codes) != 1:
            raise CellError(f"Only one value is possible here; the mapping gives {', '.join(codes)}.")
        return codes[0]

    def apply(self, obj: Any, value: Any) -> None:
        """Set the foreign key."""
        setattr(obj, self.attribute, term_id(self.list_name, value) if value else None)

    def write(self, obj: Any) -> str:
        """Return the code."""
        entry = entry_by_id(getattr(obj, self.attribute))
        return entry.code if entry else ""


class TermsColumn(Column):
    """Several terms of a controlled list, joined with `;`."""

    def __init__(self, name: str, list_name: str, *, extra: bool = False) -> None:
        super().__init__(name, extra=extra)
        self.list_name = list_name

    def parse(self, cell: Cell) -> list[str]:
        """Return the codes, in order."""
        return cell.codes(self.list_name, cell.parts())

    def apply(self, obj: Any, value: Any) -> None:
        """Set the terms of this list."""
        obj.set_codes(self.list_name, value)

    def write(self, obj: Any) -> str:
        """Return the codes, in order."""
        return ";".join(obj.codes(self.list_name))


class TextColumn(Column):
    """A text of the record in its original language: one field of the row that is marked as the original."""

    def __init__(self, name: str, field: models.Field[Any, Any], *, extra: bool = False) -> None:
        super().__init__(name, extra=extra)
        self.field = field

    def parse(self, cell: Cell) -> Any:
        """Return the text."""
        return cell.clean(self.field, cell.text)

    def apply(self, obj: Any, value: Any) -> None:
        """Set the field in the original; a record without any text gets no row for it."""
        rows = list(obj.texts.all())
        original = original_text(rows)
        if original is None:
            if not value:
                return
            original = self.field.model(is_original=True)
            rows.insert(0, original)
        setattr(original, self.field.name, value)
        obj.texts = rows

    def write(self, obj: Any) -> str:
        """Return the original text."""
        original = original_text(obj.texts.all())
        return getattr(original, self.field.name) if original else ""


class TextLanguageColumn(Column):
    """The language of the original text; an empty cell is English. Stands after the text's own columns."""

    def parse(self, cell: Cell) -> str:
        """Return the code of the language."""
        if not cell.text:
            return "en"
        codes = cell.codes("languages", [cell.text])
        if len(codes) != 1:
            raise CellError("Only one language is possible here.")
        return codes[0]

    def apply(self, obj: Any, value: Any) -> None:
        """Say in which language the original is."""
        rows = list(obj.texts.all())
        original = original_text(rows)
        if original is not None:
            original.language = value
            obj.texts = rows

    def write(self, obj: Any) -> str:
        """Return the code of the language; empty for English."""
        original = original_text(obj.texts.all())
        return original.language if original and original.language != "en" else ""


class OwnColumn(Column):
    """A column with rules of its own, given as functions."""

    def __init__(
        self,
        name: str,
        *,
        parse: Callable[[Cell], Any],
        apply: Callable[[Any, Any], None],
        write: Callable[[Any], str],
        same: Callable[[str, str], bool] | None = None,
        extra: bool = False,
        required: bool = False,
    ) -> None:
        super().__init__(name, extra=extra, required=required)
        self._parse, self._apply, self._write, self._same = parse, apply, write, same

    def parse(self, cell: Cell) -> Any:
        """Ask the function."""
        return self._parse(cell)

    def apply(self, obj: Any, value: Any) -> None:
        """Ask the function."""
        self._apply(obj, value)

    def write(self, obj: Any) -> str:
        """Ask the function."""
        return self._write(obj)

    def same(self, given: str, current: str) -> bool:
        """Ask the function, if there is one."""
        return self._same(given, current) if self._same else given == current


def names_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the names of `columns`."""
    return tuple(column.name for column in columns)
