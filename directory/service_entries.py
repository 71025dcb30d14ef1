"""A service in the words of an entry: what, for whom, where, in which languages, on which conditions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory import wording
from directory.evidence import evidence_text
from directory.models import Service

# The conditions as fields of the model, in the order in which a caseworker asks for them.
CONDITIONS = (
    "cost",
    "referral_needed",
    "residence_status",
    "cooperation_required",
    "identification_required",
    "official_mandate",
)


@dataclass(frozen=True)
class ServiceEntry:
    """One service in words; an empty text means that the entry does not say it.

    `conditions` are the answers that are given, as label and answer; `unstated` the labels of those that are not.
    """

    label: str
    name: str
    who: str
    groups: str
    exploitation: str
    languages: str
    where: str
    remarks: str
    is_accommodation: bool
    conditions: list[tuple[str, str]]
    unstated: str
    provenance: str


def service_entry(service: Service) -> ServiceEntry:
    """Return a service with its terms at hand in words of the active language."""
    answers = _answers(service)
    label = wording.service_label(service)
    return ServiceEntry(
        label=label,
        name=service.name if service.name != label else "",
        who=wording.line(wording.persons_of(service)),
        groups=wording.line(wording.labels(service.entries("target_groups"))),
        exploitation=wording.line(wording.labels(service.entries("exploitation_types"))),
        languages=wording.line(wording.labels(service.entries("languages"))),
        where=_where(service),
        remarks=service.conditions,
        is_accommodation=service.is_accommodation,
        conditions=[(label, answer) for label, answer in answers if answer],
        unstated=", ".join(label for label, answer in answers if not answer),
        provenance=_provenance(service),
    )


def _where(service: Service) -> str:
    countries = wording.labels(service.entries("countries"))
    return ", ".join(wording.unique(part for part in (service.region, *countries) if part))


def _answers(service: Service) -> list[tuple[str, str]]:
    answers = [
        (_field_label(name), getattr(service, f"get_{name}_display")() if getattr(service, name) else "")
        for name in CONDITIONS
    ]
    return [
        *answers,
        (_("How long it may last"), service.longest_duration),
        (_("Hours"), service.hours),
        (_("Room now"), _capacity(service)),
    ]


def _field_label(name: str) -> str:
    label = str({field.name: field.verbose_name for field in Service._meta.concrete_fields}[name])
    return label[:1].upper() + label[1:]


def _capacity(service: Service) -> str:
    state = service.get_capacity_state_display() if service.capacity_state else ""
    if state and service.capacity_as_of:
        day = date_format(service.capacity_as_of, "DATE_FORMAT")
        state = _("%(state)s on %(day)s") % {"state": state, "day": day}
    # The extent of an accommodation is never stored; should it be there all the same, it stays hidden.
    extent = "" if service.is_accommodation else service.capacity_note
    return "; ".join(part for part in (state, extent) if part)


def _provenance(service: Service) -> str:
    parts = []
    if service.as_of:
        parts.append(_("As of %(year)d") % {"year": service.as_of})
    if service.evidence:
        parts.append(_("Evidence: %(evidence)s") % {"evidence": evidence_text(service.evidence)})
    return ". ".join(parts)
