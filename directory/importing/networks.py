"""Networks with their members and translations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from directory.importing.organisations import NETWORK_LINKS
from directory.models import (
    Network,
    NetworkMembership,
    NetworkText,
    Organisation,
)
from platform_site.records.packages.columns import (
    AddressColumn,
    FieldColumn,
    OwnColumn,
    TermColumn,
    TextColumn,
    TextLanguageColumn,
)
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, Parts, Writing
from platform_site.records.packages.named import NamedImporter, model_field, record_columns
from platform_site.records.packages.problems import Place
from platform_site.records.packages.reading import Cell, CellError, Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import TextsSheet


def _known_members(cell: Cell) -> list[str]:
    return [name for name in dict.fromkeys(cell.parts()) if cell.reading.refer("organisation", name, cell.place)]


def _set_members(network: Network, names: Iterable[str]) -> None:
    names = list(names)
    organisations = {found.name: found for found in Organisation.objects.filter(name__in=names)}
    existing = {row.organisation_id: row for row in network.memberships.all()}
    rows = []
    for number, name in enumerate(names):
        organisation = organisations[name]
        row = existing.get(organisation.pk) or NetworkMembership(organisation=organisation)
        row.sort_order = number
        rows.append(row)
    network.memberships = rows
    network.members_unstated = not rows


def _parse_stated(cell: Cell) -> bool:
    if cell.text not in {"", "yes"}:
        raise CellError("Expected yes, or an empty cell.")
    return cell.text == "yes"


def _set_stated(network: Network, stated: bool) -> None:
    if stated:
        network.members_unstated = False


def _write_stated(network: Network) -> str:
    return "" if network.members_unstated or network.memberships.all() else "yes"


def _split(text: str) -> list[str]:
    return [name for name in text.split(";") if name]


def _write_members(network: Network) -> str:
    rows = sorted(network.memberships.all(), key=lambda row: (row.sort_order, row.pk or 0))
    return ";".join(row.organisation.name for row in rows)


NETWORKS = Sheet(
    "networks.csv",
    (
        FieldColumn("network", model_field(Network, "name"), required=True),
        FieldColumn("full_name", model_field(Network, "full_name")),
        TermColumn("kind", "kind", "network_kinds"),
        OwnColumn("members", parse=_known_members, apply=_set_members, write=_write_members),
        # After the members: an empty cell there means that nobody said who they are, unless this one says "none".
        OwnColumn("members_stated", parse=_parse_stated, apply=_set_stated, write=_write_stated, extra=True),
        AddressColumn("website", model_field(Network, "website"), extra=True),
        TextColumn("description", model_field(NetworkText, "description"), extra=True),
        TextLanguageColumn("language", extra=True),
        *record_columns(Network),
    ),
)
NETWORK_TEXTS = Sheet(
    "network_texts.csv",
    (
        FieldColumn("language", model_field(NetworkText, "language"), required=True),
        FieldColumn("description", model_field(NetworkText, "description"), required=True),
    ),
    owner="network",
)


class NetworkImporter(NamedImporter):
    """Networks with their members and translations."""

    record_type = "network"
    order = 20
    model = Network
    main = NETWORKS
    name_column = "network"
    children = (TextsSheet(NETWORK_TEXTS, "texts", ("language",), unique=True, original_in=NETWORKS.file),)
    files = {sheet.file: sheet.part for sheet in (NETWORKS, NETWORK_TEXTS)}
    prefetch = ("texts", "memberships__organisation")

    def read(self, reading: Reading) -> list[Incoming]:
        """Read the tables, and add the organisations whose own row names a network that does not name them."""
        records = {incoming.key: incoming for incoming in super().read(reading)}
        if reading.wants(self.main.part):
            for organisation, printed, place in reading.shared.get(NETWORK_LINKS, []):
                self._link(organisation, printed, place, records, reading)
        return list(records.values())

    def _link(
        self, organisation: str, printed: str, place: Place, records: dict[str, Incoming], reading: Reading
    ) -> None:
        row = next(
            (
                row
                for incoming in records.values()
                for row in incoming.parts.get(self.main.file, [])
                if printed in (row.values["network"], row.values.get("full_name"))
            ),
            None,
        )
        if row is None:
            network = Network.objects.filter(Q(name=printed) | Q(full_name=printed)).order_by("pk").first()
            if network is None:
                reading.notes.add(place, f"There is no network {printed!r}; the name is kept as printed.")
                return
            row = Row(place, {"network": network.name, "members": _write_members(network)})
            row.typed = {"network": network.name, "members": _split(row.values["members"])}
            records.setdefault(network.name, Incoming(network.name, place, only_adds=True)).parts[self.main.file] = [
                row
            ]
        members = row.typed.get("members", [])
        if organisation not in members:
            row.typed["members"] = [*members, organisation]
            row.values["members"] = ";".join(row.typed["members"])

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out members that are not exported."""
        parts = super().exported_rows(record, writing)
        (row,) = parts[self.main.file]
        absent = writing.absent.get("organisation", set())
        if absent and row["members"]:
            row["members"] = ";".join(name for name in _split(row["members"]) if name not in absent)
            row["members_stated"] = "" if row["members"] else "yes"
        return parts
