"""Objects of a JSON file: reading their values with a sentence for each that is wrong, and keeping what was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from platform_site.records.packages.files import Row
from platform_site.records.packages.mapping import UnknownValueError
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.sheets import PRINTED


class ObjectReader:
    """Reads the values of one object. What is wrong is added to the run's problems; a harmless value stands in."""

    def __init__(self, reading: Reading, row: Row) -> None:
        self.reading = reading
        self.row = row
        self.values: dict[str, Any] = row.values
        self.typed = row.typed

    def problem(self, key: str, reason: object) -> None:
        """Add a problem at a key of the object."""
        self.reading.problems.add(self.row.place.at(key), reason)

    def only(self, values: Mapping[str, Any], known: Sequence[str], path: str = "") -> None:
        """Refuse keys that the format does not have."""
        for key in values:
            if key not in known:
                self.problem(f"{path}{key}", "The format has no such key.")

    def text(self, values: Mapping[str, Any], key: str, path: str = "") -> str:
        """Return a text; null and a missing key are the empty one."""
        value = values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.problem(f"{path}{key}", "Expected a text, or null.")
            return ""
        return value

    def items(self, values: Mapping[str, Any], key: str, path: str = "") -> list[Any]:
        """Return a list; null and a missing key are the empty one."""
        value = values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(f"{path}{key}", "Expected a list.")
            return []
        return value

    def texts(self, values: Mapping[str, Any], key: str, path: str = "") -> list[str]:
        """Return a list of texts."""
        found = self.items(values, key, path)
        if not all(isinstance(item, str) for item in found):
            self.problem(f"{path}{key}", "Expected a list of texts.")
            return []
        return found

    def table(self, values: Mapping[str, Any], key: str, known: Sequence[str], path: str = "") -> Mapping[str, Any]:
        """Return an object with known keys; null and a missing key are the empty one."""
        value = values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.problem(f"{path}{key}", "Expected an object.")
            return {}
        self.only(value, known, f"{path}{key}.")
        return value

    def yes(self, key: str) -> bool:
        """Return a mark."""
        value = self.values[key]
        if not isinstance(value, bool | None):
            self.problem(key, "Expected true or false.")
        return bool(value)

    def field(self, model: Any, name: str, text: str, key: str = "") -> Any:
        """Return `text` as the model's field wants it; the field's default for the empty text."""
        field = model._meta.get_field(name)
        if not text:
            if not field.blank:
                self.problem(key or name, "The value is missing.")
            return field.get_default()
        try:
            return field.clean(text, None)
        except ValidationError as error:
            self.problem(key or name, " ".join(error.messages))
            return field.get_default()

    def codes(
        self, key: str, list_name: str, values: Sequence[str], *, kept_as: str = "", column: str = ""
    ) -> list[str]:
        """Return the codes of a controlled list that `values` stand for, each once, in order.

        Mapped values are kept with the key `kept_as` (default: `key`); `column` is the field's name in mappings.
        """
        found: list[str] = []
        for value in values:
            try:
                codes = self.reading.mappings.codes(self.row.place.file, column or key, value, list_name)
            except UnknownValueError as error:
                self.problem(key, error)
                continue
            if codes != [value]:
                self.row.mapped.setdefault(kept_as or key, []).append((column or key, value, list_name, codes))
            found.extend(code for code in codes if code not in found)
        return found

    def code(self, key: str, list_name: str, value: str, *, column: str = "") -> str:
        """Return the one code that `value` stands for; the empty text if it is empty or wrong."""
        if not value:
            return ""
        codes = self.codes(key, list_name, [value], column=column)
        if len(codes) > 1:
            self.problem(key, f"Only one value is possible here; the mapping gives {', '.join(codes)}.")
        return codes[0] if codes else ""

    def language(self, key: str, value: Any) -> str:
        """Return the code of a language; English in place of a wrong one."""
        if not isinstance(value, str):
            self.problem(key, "Expected the code of a language.")
            return "en"
        return self.code(key, "languages", value) or "en"


def keep_printed(record: Any, row: Row, says: Mapping[str, Any], *, leave: Sequence[str], fresh: bool) -> None:
    """Keep beside `record` what was given where the record `says` it in another way (see `Sheet.apply`)."""
    printed = dict(record.originals.get(PRINTED, {}))
    for key in {**row.values, **says}:
        if key in leave or not (fresh or key in row.values or key in row.mapped):
            continue
        printed.pop(key, None)
        now = says.get(key)
        if key in row.values and row.values[key] != now:
            printed[key] = {"printed": row.values[key], "as": now}
        elif key not in row.values and now:
            # Not given at all: there is nothing to print, and an export leaves the key out.
            printed[key] = {"as": now}
        if key in printed and key in row.mapped:
            printed[key]["mapped"] = [list(mapped) for mapped in row.mapped[key]]
    record.originals = {**record.originals, PRINTED: printed}
    if not printed:
        del record.originals[PRINTED]


def with_printed(record: Any, says: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `record` says, as it was given where that still holds."""
    found = dict(says)
    for key, kept in record.originals.get(PRINTED, {}).items():
        if kept["as"] == says.get(key):
            if "printed" in kept:
                found[key] = kept["printed"]
            else:
                found.pop(key, None)
    return found


def kept_mappings(record: Any, file: str, says: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the rows of a mappings file that reading `record` again needs."""
    for key, kept in record.originals.get(PRINTED, {}).items():
        if kept["as"] == says.get(key):
            for name, value, list_name, codes in kept.get("mapped", ()):
                for code in codes:
                    yield file, name, value, list_name, code
