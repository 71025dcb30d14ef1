"""Parties to legal instruments in packages: `instrument_parties.csv` (`docs/import.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from library.models import InstrumentParty
from platform_site.records.packages.columns import AddressColumn, FieldColumn, TermColumn
from platform_site.records.packages.files import write_table
from platform_site.records.packages.importer import Importer, Incoming, Parts, Writing
from platform_site.records.packages.named import model_field
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.vocabulary.store import entry_by_id

PARTIES = Sheet(
    "instrument_parties.csv",
    (
        TermColumn("instrument", "instrument", "legal_instruments", required=True),
        TermColumn("country", "country", "countries", required=True),
        FieldColumn("since", model_field(InstrumentParty, "since")),
        FieldColumn("note", model_field(InstrumentParty, "note")),
        AddressColumn("source_url", model_field(InstrumentParty, "source_url"), required=True),
        FieldColumn("checked_on", model_field(InstrumentParty, "checked_on"), required=True),
    ),
)
KEPT = "The site says otherwise of this country; --overwrite takes the package's word."


class PartyImporter(Importer):
    """Which countries are party to which instrument."""

    record_type = "instrument_party"
    order = 45
    files = {PARTIES.file: PARTIES.part}

    def read(self, reading: Reading) -> list[Incoming]:
        """Return the parties, each under its instrument and country."""
        found: dict[str, Incoming] = {}
        for row in PARTIES.read(reading):
            before = len(reading.problems)
            PARTIES.parse(row, reading)
            if len(reading.problems) > before:
                continue
            key = f"{row.typed['instrument']} {row.typed['country']}"
            if key in found:
                reading.problems.add(row.place.at("country"), "The country stands twice under this instrument.")
            else:
                found[key] = Incoming(key, row.place, {PARTIES.file: [row]})
        return list(found.values())

    def find(self, key: str) -> Any | None:
        """Return the row of this instrument and country."""
        instrument, country = key.split()
        return InstrumentParty.objects.filter(instrument__code=instrument, country__code=country).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the party as its row."""
        return {PARTIES.file: [PARTIES.write(record)]}

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the columns that the file has."""
        return PARTIES.same(given, current)

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the party with what the row says."""
        (row,) = incoming.parts[PARTIES.file]
        party = record or InstrumentParty()
        PARTIES.apply(party, row, fresh=record is None)
        PARTIES.check(party, row, reading)
        return party

    def store(self, record: Any) -> Any:
        """Save the row: it is no record, and has no gate."""
        record.save()
        return record

    def mark_imported(self, record: Any) -> None:
        """Nothing to mark: what differs later is kept, whoever changed it."""

    def changed_since(self, record: Any) -> str:
        """Return that the site's word stands: each row carries its own source and day."""
        return KEPT

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> Any | None:
        """Return None: a treaty is ratified once, whichever package says so."""
        return None

    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return all parties, by instrument and country in the order of their lists."""
        return sorted(InstrumentParty.objects.all(), key=_place)

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the table."""
        write_table(folder / file, PARTIES.known, rows)


def _place(party: InstrumentParty) -> tuple[int, str]:
    instrument, country = entry_by_id(party.instrument_id), party.country_entry
    return (instrument.order if instrument else 0, country.code if country else "")
