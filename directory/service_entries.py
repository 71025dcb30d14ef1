"""A service in the words of an entry: what, for whom, where, in which languages, on which conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory import wording
from directory.evidence import EvidencePart, evidence_parts
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

    `conditions` are the answers that are given, as label and answer; `unstated` names those that are not, but that
    another service of the entry gives. `words_language` is that of name, remarks and the answers in `own_words` (labels
    of conditions), where it is not the reader's.
    """

    anchor: str
    label: str
    name: str
    who: str
    exploitation: str
    languages: str
    where: str
    remarks: str
    is_accommodation: bool
    conditions: list[tuple[str, str]]
    unstated: str
    as_of: str
    evidence: list[EvidencePart]
    words_language: str = ""
    own_words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ServicesInWords:
    """The services of an entry, one row each, and what is said once for all of them.

    `exploitation` is the form that every one of several services names; `never_stated` names what none of them says.
    """

    rows: list[ServiceEntry]
    exploitation: str = ""
    never_stated: str = ""

    @property
    def with_languages(self) -> bool:
        """Whether any of the services says in which language it is given."""
        return any(row.languages for row in self.rows)


def service_entries(services: Iterable[Service], words_language: str = "") -> ServicesInWords:
    """Return the services of an entry in words of the active language; `words_language` is that of what was typed.

    What none of them states is named once for the whole entry, and so is what all of them say alike; a service names
    what it leaves open and another one states.
    """
    answers = [(service, _answers(service)) for service in services]
    stated = {label for _service, of_service in answers for label, answer in of_service if answer}
    entries = (service_entry(service, of_service, stated) for service, of_service in answers)
    rows = [replace(entry, words_language=words_language) for entry in entries]
    forms = {row.exploitation for row in rows}
    common = forms.pop() if len(rows) > 1 and len(forms) == 1 else ""
    if common:
        rows = [replace(row, exploitation="") for row in rows]
    nowhere = [] if any(row.languages for row in rows) else [_("Languages")]
    nowhere += [label for label, _answer in answers[0][1] if label not in stated] if answers else []
    return ServicesInWords(rows, common, ", ".join(nowhere))


def service_entry(service: Service, answers: list[tuple[str, str]], stated: set[str]) -> ServiceEntry:
    """Return a service with its terms at hand; of the conditions it leaves open it names those in `stated`."""
    label = wording.service_label(service)
    return ServiceEntry(
        anchor=wording.anchor_of(service),
        label=label,
        name=service.name if service.name != label else "",
        who=wording.line(
            [wording.for_whom(wording.labels(service.entries("target_groups")), wording.persons_of(service))]
        ),
        exploitation=wording.line(wording.labels(service.entries("exploitation_types"))),
        languages=wording.line(wording.labels(service.entries("languages"))),
        where=_where(service),
        remarks=service.conditions,
        is_accommodation=service.is_accommodation,
        conditions=[*((label, answer) for label, answer in answers if answer), *_extent(service)],
        unstated=", ".join(label for label, answer in answers if not answer and label in stated),
        as_of=_("As of %(year)d") % {"year": service.as_of} if service.as_of else "",
        evidence=evidence_parts(service.evidence),
        own_words=frozenset({_("How long it may last"), _("Hours"), _("Extent")}),
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
        (_("Room now"), _room(service)),
    ]


def _field_label(name: str) -> str:
    label = str({field.name: field.verbose_name for field in Service._meta.concrete_fields}[name])
    return label[:1].upper() + label[1:]


def _room(service: Service) -> str:
    state = str(service.get_capacity_state_display()) if service.capacity_state else ""
    if state and service.capacity_as_of:
        day = date_format(service.capacity_as_of, "DATE_FORMAT")
        return _("%(state)s on %(day)s") % {"state": state, "day": day}
    return state


def _extent(service: Service) -> list[tuple[str, str]]:
    # The extent of an accommodation is never stored; should it be there all the same, it stays hidden.
    hidden = service.is_accommodation or not service.capacity_note
    return [] if hidden else [(_("Extent"), service.capacity_note)]
