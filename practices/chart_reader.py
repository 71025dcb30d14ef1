"""Reading the objects of `practices.json` by the declaration of the standard form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from platform_site.records.packages.numbered import NumberedReader
from platform_site.texts.formatted import from_list
from platform_site.vocabulary.store import vocabulary
from practices.exporting import (
    EXTRA_KEYS,
    EXTRA_PROSE_KEYS,
    KEYS,
    PRINTED,
    PROSE_KEYS,
    RESOURCES,
    TERMS,
    text_parts,
)
from practices.models import FundingShare, PracticeChart, PracticeText
from practices.standard_form import CONTACT_FIELDS

PLAIN = (
    "original_name", "original_name_language", "start", "end", "assessed_by", "audience", "source", "source_url",
)  # fmt: skip
PARTED = {"resources_by_kind": RESOURCES, "impact": ("short", "medium", "long")}


class ChartReader(NumberedReader):
    """Reads one object of the file into `row.typed`; what is wrong is added to the run's problems."""

    model = PracticeChart

    def read(self) -> None:
        """Read every key that is given."""
        self.only(self.values, (*KEYS, *EXTRA_KEYS))
        for key in ("name", "organisations", "country"):
            if not self.values.get(key):
                self.problem(key, "The value is missing.")
        self.read_facts()
        typed = self.typed
        typed["prose"] = self.read_prose(self.values, "")
        self.read_language()
        for key in PRINTED:
            self.read_terms_in_words(key)
        if "translations" in self.values:
            typed["translations"] = self.read_translations()

    def read_facts(self) -> None:
        """Read what is the same in all languages."""
        values, typed = self.values, self.typed
        self.read_record(PLAIN)
        for key, list_name in TERMS.items():
            if key in values:
                typed[list_name] = self.codes(key, list_name, self.texts(values, key))
        if "organisations" in values:
            names = self.texts(values, "organisations")
            typed["organisations"] = [
                name
                for name in dict.fromkeys(names)
                if self.reading.refer("organisation", name, self.row.place.at("organisations"))
            ]
        if "funding" in values:
            typed["funding"] = self.read_funding()
        if "as_of" in values:
            self.read_year(values["as_of"])
        if "adapted_from" in values:
            typed["adapted_from"] = self.read_adapted_from()
        self.read_contact()

    def read_contact(self) -> None:
        """Read the contact block, and who may see it."""
        values, typed = self.values, self.typed
        if "contact" in values:
            contact = self.table(values, "contact", CONTACT_FIELDS)
            typed["contact"] = {
                name: self.field(
                    PracticeChart, f"contact_{name}", self.text(contact, name, "contact."), f"contact.{name}"
                )
                for name in CONTACT_FIELDS
            }
        if "contact_public" in values:
            typed["contact_public"] = self.yes("contact_public")
        if self.reading.publish_offices:
            values["contact_public"] = typed["contact_public"] = True

    def read_year(self, year: Any) -> None:
        """Read the year for which the chart speaks."""
        if isinstance(year, bool) or not isinstance(year, int | None):
            self.problem("as_of", "Expected a year, or null.")
        else:
            self.typed["as_of"] = self.field(PracticeChart, "as_of", str(year or ""))

    def read_adapted_from(self) -> str:
        """Return the number of the chart that this one was made from, "" for none."""
        number = self.values["adapted_from"]
        if number is None:
            return ""
        place = self.row.place.at("adapted_from")
        return str(number) if self.reading.refer("practice", str(number), place) else ""

    def read_funding(self) -> list[tuple[str, Decimal | None, str | None]]:
        """Return source, share and kind of each entry; kind None leaves it as it is."""
        found = []
        for number, entry in enumerate(self.items(self.values, "funding"), start=1):
            path = f"funding {number}"
            if not isinstance(entry, dict):
                self.problem(path, "Expected an object with source and share.")
                continue
            self.only(entry, ("source", "share", "kind"), f"{path}.")
            source = self.field(FundingShare, "source", self.text(entry, "source"), f"{path}.source")
            share = entry.get("share")
            if isinstance(share, bool) or not isinstance(share, int | float | None):
                self.problem(f"{path}.share", "Expected a number, or null.")
                continue
            share = None if share is None else self.field(FundingShare, "share", str(share), f"{path}.share")
            kind: str | None = None
            if "kind" in entry:
                kind = self.code(
                    f"{path}.kind", "funding_source_kinds", self.text(entry, "kind"), column="funding.kind"
                )
            elif codes := self.reading.mappings.explicit(
                self.row.place.file, "funding", str(source), "funding_source_kinds"
            ):
                kind = codes[0]
                self.row.mapped.setdefault("funding", []).append(("funding", source, "funding_source_kinds", codes))
            found.append((source or "", share, kind))
        return found

    def read_terms_in_words(self, key: str) -> None:
        """Read words and codes of the typology or the target groups.

        With `<key>_codes` the words stay words; without, each is a code or is mapped to some. The words of the text are
        those that are no code: a code is shown by its label.
        """
        codes_key, list_name = f"{key}_codes", PRINTED[key].name
        if key not in self.values and codes_key not in self.values:
            return
        words = self.texts(self.values, key)
        if codes_key in self.values:
            self.typed[list_name] = self.codes(codes_key, list_name, self.texts(self.values, codes_key))
        else:
            self.typed[list_name] = self.codes(key, list_name, words, kept_as=codes_key)
            words = [word for word in words if word not in vocabulary(list_name)]
        self.typed["prose"][PRINTED[key].printed] = from_list(words)

    def read_prose(self, values: Mapping[str, Any], path: str) -> dict[str, str]:
        """Return the given prose by the fields of the text row."""
        found = {}
        for part in text_parts():
            key, _, below = part.json.partition(".")
            if key not in values:
                continue
            holder, name, where = values, key, path
            if below:
                holder, name, where = self.table(values, key, PARTED[key], path), below, f"{path}{key}."
            text = from_list(self.texts(holder, name, where)) if part.kind == "list" else self.text(holder, name, where)
            found[part.name] = self.field(PracticeText, part.name, text, f"{where}{name}") or ""
        if "adaptation_note" in values:
            found["adaptation_note"] = self.text(values, "adaptation_note", path)
        self.check_resources(values, path)
        return found

    def check_resources(self, values: Mapping[str, Any], path: str) -> None:
        """The entries by kind are the entries of the list, each once."""
        if "resources" not in values:
            return
        entries = self.texts(values, "resources", path)
        by_kind = values.get("resources_by_kind")
        sorted_out = [
            entry for kind in RESOURCES for entry in (by_kind.get(kind) or [] if isinstance(by_kind, dict) else [])
        ]
        if sorted(map(str, sorted_out)) != sorted(entries):
            self.problem(f"{path}resources", "Each entry stands once in resources_by_kind, and no other one does.")

    def read_translations(self) -> dict[str, dict[str, str]]:
        """Return the prose of each further language."""
        found = {}
        for code, path, values in self.translations():
            self.only(values, (*PROSE_KEYS, *EXTRA_PROSE_KEYS), path)
            prose = self.read_prose(values, path)
            for key, part in PRINTED.items():
                if key in values:
                    prose[part.printed] = from_list(self.texts(values, key, path))
            found[code] = prose
        return found
