"""Organisations, their services and hotlines, networks and programmes in packages (`docs/import.md`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from directory.models import (
    Hotline,
    Location,
    Network,
    NetworkMembership,
    NetworkText,
    Organisation,
    OrganisationText,
    Programme,
    ProgrammePartner,
    ProgrammeText,
    Service,
)
from platform_site.records.packages import registry
from platform_site.records.packages.columns import (
    AddressColumn,
    Column,
    FieldColumn,
    OwnColumn,
    SiteColumn,
    TermColumn,
    TermsColumn,
    TextColumn,
    TextLanguageColumn,
    YesColumn,
)
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, free_slug, plain_slug
from platform_site.records.packages.reading import Cell, CellError, Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import ChildSheet, TableImporter, TextsSheet


def _field(model: Any, name: str) -> Any:
    return model._meta.get_field(name)


def record_columns(model: Any) -> tuple[Column, ...]:
    """Return the extra columns that every table of records has."""
    return (
        OwnColumn(
            "slug",
            parse=lambda cell: cell.clean(_field(model, "slug"), cell.text) if cell.text else "",
            apply=lambda record, slug: setattr(record, "slug", slug or record.slug),
            write=lambda record: "" if record.slug == plain_slug(record.name) else record.slug,
            same=lambda given, current: given in {"", current},
            extra=True,
        ),
        FieldColumn("audience", _field(model, "audience"), extra=True),
        SiteColumn("source", _field(model, "source")),
        SiteColumn("source_url", _field(model, "source_url")),
        SiteColumn("imported_on", _field(model, "imported_on")),
    )


class DirectoryImporter(TableImporter):
    """What the kinds of the directory share: an address from the name."""

    def complete(self, record: Any, row: Row) -> None:
        """Give a record without an address one that is free."""
        if not record.slug:
            record.slug = free_slug(type(record), row.values[self.name_column])


# --- organisations --------------------------------------------------------------------------------------------------
OFFICE_STATES = {"nobody": (False, False), "members": (True, False), "public": (True, True)}


def _offices(organisation: Organisation) -> list[Location]:
    return sorted(organisation.locations.all(), key=lambda office: (office.sort_order, office.pk or 0))


def _office_column(name: str) -> OwnColumn:
    """Return the column of a field of the first office."""

    def apply(organisation: Organisation, value: str) -> None:
        offices = _offices(organisation)
        if not offices and value:
            offices = [Location()]
        if offices:
            setattr(offices[0], name, value)
            organisation.locations = offices

    def write(organisation: Organisation) -> str:
        return "".join(getattr(office, name) for office in _offices(organisation)[:1])

    return OwnColumn(name, parse=lambda cell: cell.clean(_field(Location, name), cell.text), apply=apply, write=write)


def _office_default(organisation: Organisation) -> str:
    return "public" if organisation.office_public else "nobody"


def _office_shown(office: Location) -> str:
    return next((state for state, flags in OFFICE_STATES.items() if flags == (office.shown, office.public)), "members")


def _set_office_shown(organisation: Organisation, state: str) -> None:
    offices = _offices(organisation)
    if offices:
        offices[0].shown, offices[0].public = OFFICE_STATES[state or _office_default(organisation)]
        organisation.locations = offices


def _write_office_shown(organisation: Organisation) -> str:
    offices = _offices(organisation)
    state = _office_shown(offices[0]) if offices else ""
    return "" if state == _office_default(organisation) else state


def _parse_office_shown(cell: Cell) -> str:
    if cell.text and cell.text not in OFFICE_STATES:
        raise CellError(f"Expected one of {', '.join(OFFICE_STATES)}, or an empty cell.")
    return cell.text


def _set_office_public(organisation: Organisation, public: bool) -> None:
    followed = _write_office_shown(organisation) == ""
    organisation.office_public = public
    if followed:
        _set_office_shown(organisation, "")


ORGANISATIONS = Sheet(
    "organisations.csv",
    (
        FieldColumn("name", _field(Organisation, "name"), required=True),
        FieldColumn("short_name", _field(Organisation, "short_name")),
        FieldColumn("original_name", _field(Organisation, "native_name")),
        TermColumn("country", "country", "countries", required=True),
        _office_column("city"),
        _office_column("address"),
        FieldColumn("phone", _field(Organisation, "office_phone")),
        FieldColumn("fax", _field(Organisation, "office_fax")),
        FieldColumn("email", _field(Organisation, "office_email")),
        AddressColumn("website", _field(Organisation, "website")),
        TermColumn("kind", "organisation_type", "organisation_types", required=True),
        # Free text: who belongs to which network stands in networks.csv; the network importer links what is there.
        OwnColumn(
            "networks",
            parse=lambda cell: cell.text,
            apply=lambda organisation, text: organisation.originals.update(networks=text),
            write=lambda organisation: organisation.originals.get("networks", ""),
        ),
        FieldColumn("enpates_role", _field(Organisation, "project_role")),
        TextColumn("description", _field(OrganisationText, "description")),
        FieldColumn("acronym", _field(Organisation, "acronym"), extra=True),
        FieldColumn("original_name_language", _field(Organisation, "native_language"), extra=True),
        FieldColumn("founded", _field(Organisation, "founded"), extra=True),
        TermsColumn("languages", "languages", extra=True),
        TermsColumn("countries_of_work", "countries", extra=True),
        TermColumn("membership_status", "membership_status", "membership_statuses", extra=True),
        FieldColumn("member_since", _field(Organisation, "member_since"), extra=True),
        SiteColumn("confirmed_on", _field(Organisation, "confirmed_on"), later_wins=True),
        OwnColumn(
            "public_office",
            parse=YesColumn("public_office", "office_public").parse,
            apply=_set_office_public,
            write=YesColumn("public_office", "office_public").write,
            extra=True,
        ),
        OwnColumn(
            "office_shown", parse=_parse_office_shown, apply=_set_office_shown, write=_write_office_shown, extra=True
        ),
        TextLanguageColumn("language", extra=True),
        *record_columns(Organisation),
    ),
    read_only=("confirmed_days_ago",),
)
ORGANISATION_TEXTS = Sheet(
    "organisation_texts.csv",
    (
        FieldColumn("language", _field(OrganisationText, "language"), required=True),
        FieldColumn("description", _field(OrganisationText, "description"), required=True),
    ),
    owner="organisation",
)
OFFICES = Sheet(
    "offices.csv",
    (
        FieldColumn("city", _field(Location, "city")),
        FieldColumn("address", _field(Location, "address")),
        YesColumn("shown", "shown"),
        YesColumn("public", "public"),
    ),
    owner="organisation",
)
SERVICES = Sheet(
    "services.csv",
    (
        TermColumn("service_type", "service_type", "service_types", required=True),
        FieldColumn("name", _field(Service, "name")),
        TermsColumn("target_groups", "target_groups"),
        TermsColumn("exploitation_types", "exploitation_types"),
        TermsColumn("gender", "genders"),
        TermsColumn("age", "ages"),
        TermsColumn("languages", "languages"),
        YesColumn("accommodation", "has_accommodation"),
        FieldColumn("region", _field(Service, "region")),
        TermsColumn("countries_served", "countries"),
        FieldColumn("capacity", _field(Service, "capacity_note")),
        FieldColumn("conditions", _field(Service, "conditions")),
        FieldColumn("hours", _field(Service, "hours")),
        FieldColumn("as_of", _field(Service, "as_of")),
        FieldColumn("evidence", _field(Service, "evidence")),
        FieldColumn("cost", _field(Service, "cost"), extra=True),
        FieldColumn("referral_needed", _field(Service, "referral_needed"), extra=True),
        FieldColumn("cooperation_required", _field(Service, "cooperation_required"), extra=True),
        FieldColumn("identification_required", _field(Service, "identification_required"), extra=True),
        FieldColumn("official_mandate", _field(Service, "official_mandate"), extra=True),
        FieldColumn("residence_status", _field(Service, "residence_status"), extra=True),
        FieldColumn("max_stay", _field(Service, "longest_duration"), extra=True),
        FieldColumn("capacity_state", _field(Service, "capacity_state"), extra=True),
        FieldColumn("capacity_as_of", _field(Service, "capacity_as_of"), extra=True),
    ),
    owner="organisation",
)
HOTLINES = Sheet(
    "hotlines.csv",
    (
        FieldColumn("number", _field(Hotline, "number"), required=True),
        FieldColumn("hours", _field(Hotline, "hours")),
        TermsColumn("languages", "languages"),
        TermsColumn("countries", "countries"),
        FieldColumn("free", _field(Hotline, "free")),
        TermsColumn("who", "target_groups"),
        FieldColumn("evidence", _field(Hotline, "evidence")),
        FieldColumn("time_zone", _field(Hotline, "time_zone"), extra=True),
    ),
    owner="organisation",
)


class OrganisationImporter(DirectoryImporter):
    """Organisations with services, hotlines, further offices and translations."""

    record_type = "organisation"
    order = 10
    model = Organisation
    main = ORGANISATIONS
    children = (
        TextsSheet(ORGANISATION_TEXTS, "texts", ("language",), unique=True),
        ChildSheet(OFFICES, "locations", ("city", "address"), keep_first=1, unique=True),
        ChildSheet(SERVICES, "services", ("service_type", "name")),
        ChildSheet(HOTLINES, "hotlines", ("number",), unique=True),
    )
    files = {sheet.file: sheet.part for sheet in (ORGANISATIONS, ORGANISATION_TEXTS, OFFICES, SERVICES, HOTLINES)}
    prefetch = ("texts", "locations", "terms", "services__terms", "hotlines__terms")

    def prepare(self, row: Row, reading: Reading, *, new: bool) -> None:
        """Turn an age in days into the day of the confirmation, and show printed contacts if the operator says so."""
        super().prepare(row, reading, new=new)
        if reading.publish_offices:
            row.values["public_office"] = "yes"
        age = row.values.get("confirmed_days_ago", "")
        if not age:
            return
        place = row.place.at("confirmed_days_ago")
        if row.values.get("confirmed_on"):
            reading.problems.add(place, "Give either confirmed_on or confirmed_days_ago.")
        elif not age.isdecimal() or len(age) > 5:
            reading.problems.add(place, "Expected a number of days.")
        else:
            row.values["confirmed_on"] = (reading.today - dt.timedelta(days=int(age))).isoformat()

    def read(self, reading: Reading) -> list[Incoming]:
        """Read the tables; a mapped project role gives the membership where the row gives none."""
        records = super().read(reading)
        for incoming in records:
            for row in incoming.parts.get(self.main.file, []):
                codes = reading.mappings.explicit(
                    self.main.file, "enpates_role", row.values.get("enpates_role", ""), "membership_statuses"
                )
                if codes and not row.values.get("membership_status"):
                    row.typed["membership_status"] = codes[0]
            if OFFICES.file in incoming.parts and self.main.file in incoming.parts:
                self._check_offices(incoming, reading)
        return records

    def _check_offices(self, incoming: Incoming, reading: Reading) -> None:
        first = incoming.parts[self.main.file][0].values
        if not (first.get("city") or first.get("address")):
            for row in incoming.parts[OFFICES.file]:
                reading.problems.add(
                    row.place, "The first office stands in organisations.csv; this table has further ones."
                )

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the organisation; an office of which nothing is left goes."""
        record = super().build(incoming, record, reading)
        record.locations = [office for office in _offices(record) if office.city or office.address]
        return record


# --- networks -------------------------------------------------------------------------------------------------------
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


def _write_members(network: Network) -> str:
    rows = sorted(network.memberships.all(), key=lambda row: (row.sort_order, row.pk or 0))
    return ";".join(row.organisation.name for row in rows)


NETWORKS = Sheet(
    "networks.csv",
    (
        FieldColumn("network", _field(Network, "name"), required=True),
        FieldColumn("full_name", _field(Network, "full_name")),
        TermColumn("kind", "kind", "network_kinds"),
        OwnColumn("members", parse=_known_members, apply=_set_members, write=_write_members),
        AddressColumn("website", _field(Network, "website"), extra=True),
        TextColumn("description", _field(NetworkText, "description"), extra=True),
        TextLanguageColumn("language", extra=True),
        *record_columns(Network),
    ),
)
NETWORK_TEXTS = Sheet(
    "network_texts.csv",
    (
        FieldColumn("language", _field(NetworkText, "language"), required=True),
        FieldColumn("description", _field(NetworkText, "description"), required=True),
    ),
    owner="network",
)


class NetworkImporter(DirectoryImporter):
    """Networks with their members and translations."""

    record_type = "network"
    order = 20
    model = Network
    main = NETWORKS
    name_column = "network"
    children = (TextsSheet(NETWORK_TEXTS, "texts", ("language",), unique=True),)
    files = {sheet.file: sheet.part for sheet in (NETWORKS, NETWORK_TEXTS)}
    prefetch = ("texts", "memberships__organisation")


# --- programmes -----------------------------------------------------------------------------------------------------
def _partner_column(name: str, role: str) -> OwnColumn:
    """Return the column of the bodies with a role: organisations of the directory by name, others as printed."""

    def apply(programme: Programme, names: list[str]) -> None:
        organisations = {found.name: found for found in Organisation.objects.filter(name__in=names)}
        rows = [row for row in programme.partners.all() if row.role != role]
        for number, printed in enumerate(names):
            organisation = organisations.get(printed)
            rows.append(
                ProgrammePartner(
                    role=role,
                    organisation=organisation,
                    printed_name="" if organisation else printed,
                    sort_order=number,
                )
            )
        programme.partners = rows

    def write(programme: Programme) -> str:
        rows = [row for row in programme.partners.all() if row.role == role]
        rows.sort(key=lambda row: (row.sort_order, row.pk or 0))
        return ";".join(row.organisation.name if row.organisation else row.printed_name for row in rows)

    return OwnColumn(name, parse=lambda cell: list(dict.fromkeys(cell.parts())), apply=apply, write=write)


PROGRAMMES = Sheet(
    "programmes.csv",
    (
        FieldColumn("name", _field(Programme, "name"), required=True),
        FieldColumn("acronym", _field(Programme, "acronym")),
        TermColumn("kind", "kind", "programme_kinds"),
        _partner_column("coordinator", ProgrammePartner.Role.COORDINATOR),
        _partner_column("partners", ProgrammePartner.Role.PARTNER),
        TermsColumn("countries", "countries"),
        FieldColumn("start", _field(Programme, "start")),
        FieldColumn("end", _field(Programme, "end")),
        FieldColumn("funder", _field(Programme, "funder")),
        TextColumn("summary", _field(ProgrammeText, "summary")),
        FieldColumn("evidence", _field(Programme, "evidence")),
        TextColumn("outputs", _field(ProgrammeText, "outputs"), extra=True),
        TextLanguageColumn("language", extra=True),
        *record_columns(Programme),
    ),
)
PROGRAMME_TEXTS = Sheet(
    "programme_texts.csv",
    (
        FieldColumn("language", _field(ProgrammeText, "language"), required=True),
        FieldColumn("summary", _field(ProgrammeText, "summary"), required=True),
        FieldColumn("outputs", _field(ProgrammeText, "outputs"), extra=True),
    ),
    owner="programme",
)


class ProgrammeImporter(DirectoryImporter):
    """Programmes with coordinators, partners and translations."""

    record_type = "programme"
    order = 30
    model = Programme
    main = PROGRAMMES
    children = (TextsSheet(PROGRAMME_TEXTS, "texts", ("language",), unique=True),)
    files = {sheet.file: sheet.part for sheet in (PROGRAMMES, PROGRAMME_TEXTS)}
    prefetch = ("texts", "terms", "partners__organisation")


for _importer in (OrganisationImporter(), NetworkImporter(), ProgrammeImporter()):
    registry.register(_importer)
