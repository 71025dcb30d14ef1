"""Organisations with their services, hotlines, offices and translations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wagtail.models import ModelLogEntry

from directory.models import (
    Hotline,
    Location,
    Organisation,
    OrganisationText,
    Service,
)
from platform_site.records.packages.columns import (
    AddressColumn,
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
from platform_site.records.packages.importer import Incoming
from platform_site.records.packages.named import NamedImporter, model_field, record_columns
from platform_site.records.packages.reading import Cell, CellError, Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import ChildSheet, TextsSheet
from platform_site.vocabulary.store import vocabulary

# What the rows of organisations say about networks: (organisation, network as printed, place).
NETWORK_LINKS = "network_links"
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

    return OwnColumn(
        name, parse=lambda cell: cell.clean(model_field(Location, name), cell.text), apply=apply, write=write
    )


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


def _words_language() -> OwnColumn:
    """Return the column of the language in which services and hotlines are worded; an empty cell is English."""

    def parse(cell: Cell) -> str:
        if cell.text and cell.text not in vocabulary("languages"):
            raise CellError(f"The list 'languages' has no {cell.text!r}.")
        return cell.text or "en"

    return OwnColumn(
        "words_language",
        parse=parse,
        apply=lambda organisation, language: setattr(organisation, "words_language", language),
        write=lambda organisation: "" if organisation.words_language == "en" else organisation.words_language,
        extra=True,
    )


def _set_office_public(organisation: Organisation, public: bool) -> None:
    followed = _write_office_shown(organisation) == ""
    organisation.office_public = public
    if followed:
        _set_office_shown(organisation, "")


ORGANISATIONS = Sheet(
    "organisations.csv",
    (
        FieldColumn("name", model_field(Organisation, "name"), required=True),
        FieldColumn("short_name", model_field(Organisation, "short_name")),
        FieldColumn("original_name", model_field(Organisation, "native_name")),
        TermColumn("country", "country", "countries", required=True),
        _office_column("city"),
        _office_column("address"),
        FieldColumn("phone", model_field(Organisation, "office_phone")),
        FieldColumn("fax", model_field(Organisation, "office_fax")),
        FieldColumn("email", model_field(Organisation, "office_email")),
        AddressColumn("website", model_field(Organisation, "website")),
        TermColumn("kind", "organisation_type", "organisation_types", required=True),
        # Free text: who belongs to which network stands in networks.csv; the network importer links what is there.
        OwnColumn(
            "networks",
            parse=lambda cell: cell.text,
            apply=lambda organisation, text: organisation.originals.update(networks=text),
            write=lambda organisation: organisation.originals.get("networks", ""),
        ),
        FieldColumn("enpates_role", model_field(Organisation, "project_role")),
        TextColumn("description", model_field(OrganisationText, "description")),
        FieldColumn("acronym", model_field(Organisation, "acronym"), extra=True),
        FieldColumn("original_name_language", model_field(Organisation, "native_language"), extra=True),
        FieldColumn("founded", model_field(Organisation, "founded"), extra=True),
        TermsColumn("languages", "languages", extra=True),
        TermsColumn("countries_of_work", "countries", extra=True),
        TermColumn("membership_status", "membership_status", "membership_statuses", extra=True),
        FieldColumn("member_since", model_field(Organisation, "member_since"), extra=True),
        SiteColumn("confirmed_on", model_field(Organisation, "confirmed_on"), later_wins=True),
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
        _words_language(),
        *record_columns(Organisation),
    ),
    read_only=("confirmed_days_ago",),
)
ORGANISATION_TEXTS = Sheet(
    "organisation_texts.csv",
    (
        FieldColumn("language", model_field(OrganisationText, "language"), required=True),
        FieldColumn("description", model_field(OrganisationText, "description"), required=True),
    ),
    owner="organisation",
)
OFFICES = Sheet(
    "offices.csv",
    (
        FieldColumn("city", model_field(Location, "city")),
        FieldColumn("address", model_field(Location, "address")),
        YesColumn("shown", "shown"),
        YesColumn("public", "public"),
    ),
    owner="organisation",
)
SERVICES = Sheet(
    "services.csv",
    (
        TermColumn("service_type", "service_type", "service_types", required=True),
        FieldColumn("name", model_field(Service, "name")),
        TermsColumn("target_groups", "target_groups"),
        TermsColumn("exploitation_types", "exploitation_types"),
        TermsColumn("gender", "genders"),
        TermsColumn("age", "ages"),
        TermsColumn("languages", "languages"),
        FieldColumn("accommodation", model_field(Service, "accommodation")),
        FieldColumn("region", model_field(Service, "region")),
        TermsColumn("countries_served", "countries"),
        FieldColumn("capacity", model_field(Service, "capacity_note")),
        FieldColumn("conditions", model_field(Service, "conditions")),
        FieldColumn("hours", model_field(Service, "hours")),
        FieldColumn("as_of", model_field(Service, "as_of")),
        FieldColumn("evidence", model_field(Service, "evidence")),
        FieldColumn("cost", model_field(Service, "cost"), extra=True),
        FieldColumn("referral_needed", model_field(Service, "referral_needed"), extra=True),
        FieldColumn("cooperation_required", model_field(Service, "cooperation_required"), extra=True),
        FieldColumn("identification_required", model_field(Service, "identification_required"), extra=True),
        FieldColumn("official_mandate", model_field(Service, "official_mandate"), extra=True),
        FieldColumn("residence_status", model_field(Service, "residence_status"), extra=True),
        FieldColumn("max_stay", model_field(Service, "longest_duration"), extra=True),
        FieldColumn("capacity_state", model_field(Service, "capacity_state"), extra=True),
        FieldColumn("capacity_as_of", model_field(Service, "capacity_as_of"), extra=True),
    ),
    owner="organisation",
)
HOTLINES = Sheet(
    "hotlines.csv",
    (
        FieldColumn("number", model_field(Hotline, "number"), required=True),
        FieldColumn("hours", model_field(Hotline, "hours")),
        TermsColumn("languages", "languages"),
        TermsColumn("countries", "countries"),
        FieldColumn("free", model_field(Hotline, "free")),
        TermsColumn("who", "target_groups"),
        FieldColumn("evidence", model_field(Hotline, "evidence")),
        FieldColumn("time_zone", model_field(Hotline, "time_zone"), extra=True),
    ),
    owner="organisation",
)


class OrganisationImporter(NamedImporter):
    """Organisations with services, hotlines, further offices and translations."""

    record_type = "organisation"
    order = 10
    model = Organisation
    main = ORGANISATIONS
    children = (
        TextsSheet(ORGANISATION_TEXTS, "texts", ("language",), unique=True, original_in=ORGANISATIONS.file),
        ChildSheet(OFFICES, "locations", ("city", "address"), keep_first=1, unique=True),
        ChildSheet(SERVICES, "services", ("service_type", "name")),
        ChildSheet(HOTLINES, "hotlines", ("number",), unique=True),
    )
    files = {sheet.file: sheet.part for sheet in (ORGANISATIONS, ORGANISATION_TEXTS, OFFICES, SERVICES, HOTLINES)}
    prefetch = ("texts", "locations", "terms", "services__terms", "hotlines__terms")

    def changed_since(self, record: Any) -> str:
        """A confirmation speaks of the content that was there: an import does not put another one under it."""
        confirmed = ModelLogEntry.objects.for_instance(record).filter(action="directory.confirm")
        if record.latest_revision and confirmed.filter(timestamp__gt=record.latest_revision.created_at).exists():
            return "It was confirmed on this site."
        return super().changed_since(record)

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
        links = reading.shared.setdefault(NETWORK_LINKS, [])
        for incoming in records:
            for row in incoming.parts.get(self.main.file, []):
                codes = reading.mappings.explicit(
                    self.main.file, "enpates_role", row.values.get("enpates_role", ""), "membership_statuses"
                )
                if codes and not row.values.get("membership_status"):
                    row.typed["membership_status"] = codes[0]
                    role = row.values["enpates_role"]
                    row.mapped["membership_status"] = [("enpates_role", role, "membership_statuses", codes)]
                names = [name.strip() for name in row.values.get("networks", "").split(";") if name.strip()]
                links += [(incoming.key, name, row.place.at("networks")) for name in names]
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
