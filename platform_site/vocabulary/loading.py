"""Loads the project's lists (`lists/*.csv`) into terms. Safe to run again: an editor's change is kept and named."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from platform_site.vocabulary import versions
from platform_site.vocabulary.models import LABEL_LANGUAGES, Term

LISTS = Path(__file__).resolve().parent / "lists"
# The thesaurus has concepts, not terms; the search app loads it (`register_loader`).
NOT_TERMS = {"thesaurus", "thesaurus_notes", "thesaurus_relations"}
# Sent inside the transaction when terms were written: they are written in bulk, without the signals of each.
terms_loaded = Signal()
OWN_FIELDS = ("label_en", "label_fr", "label_de", "label_es", "label_it", "scope_note", "attributes", "sort_order")


@dataclass
class LoadReport:
    """What a load did: counts, and the editors' changes that it left alone, as sentences."""

    created: int = 0
    changed: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)


_further: dict[str, Callable[[Path], LoadReport]] = {}


def register_loader(name: str, loader: Callable[[Path], LoadReport]) -> None:
    """Add what reads further files of the folder; `name` stands in the report. Raises ValueError for a second one."""
    if _further.get(name, loader) is not loader:
        raise ValueError(f"There is a loader of {name!r} already.")
    _further[name] = loader


def load_everything(folder: Path = LISTS) -> dict[str, LoadReport]:
    """Load the lists, then what other apps keep beside them; gives what was done by what it is."""
    return {"Terms": load_vocabularies(folder)} | {name: loader(folder) for name, loader in _further.items()}


def read_list(path: Path) -> list[dict[str, Any]]:
    """Return the rows of one list file as values of a term: `code`, `parent_code` and the fields of OWN_FIELDS.

    `case_template_options` has codes that are unique within a group only: there the code is `group/code`.
    """
    rows = []
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle)):
            group = row.pop("group", "")
            code = row.pop("code")
            values: dict[str, Any] = {
                "code": f"{group}/{code}" if group else code,
                "parent_code": row.pop("parent_code", ""),
            }
            for language in LABEL_LANGUAGES:
                values[f"label_{language}"] = row.pop(language)
            values["scope_note"] = row.pop("scope_note_en", "")
            values["attributes"] = {key: value for key, value in row.items() if value} | (
                {"group": group} if group else {}
            )
            values["sort_order"] = number
            rows.append(values)
    return rows


def _load_row(name: str, values: dict[str, Any], existing: dict[str, Term], report: LoadReport) -> Term:
    code = values["code"]
    wanted = {key: values[key] for key in OWN_FIELDS}
    term = existing.get(code)
    if term is None:
        report.created += 1
        return Term(vocabulary=name, code=code, seeded=wanted, **wanted)
    changed = False
    for key, value in wanted.items():
        current, seeded = getattr(term, key), term.seeded.get(key)
        if current == value:
            continue
        if current == seeded:
            setattr(term, key, value)
            changed = True
        elif value != seeded:
            report.kept.append(
                f"{name}/{code}: {key} was changed here and is kept; the project's list has another value."
            )
    if changed:
        report.changed += 1
    else:
        report.same += 1
    term.seeded = wanted
    return term


@transaction.atomic
def load_vocabularies(folder: Path = LISTS) -> LoadReport:
    """Load every list of `folder` in one transaction and return what was done.

    A value that an editor changed stays as it is; where the project's list changed the same value, the report says so.
    Terms that only the site has, and the mark `retired`, are never touched.
    """
    report = LoadReport()
    for path in sorted(folder.glob("*.csv")):
        name = path.stem
        if name in NOT_TERMS:
            continue
        existing = {term.code: term for term in Term.objects.filter(vocabulary=name)}
        rows = read_list(path)
        parents_before = {term.code: term.seeded.get("parent_code") for term in existing.values()}
        terms = {values["code"]: _load_row(name, values, existing, report) for values in rows}
        Term.objects.bulk_create([term for term in terms.values() if term.pk is None])
        known = {term.code: term for term in Term.objects.filter(vocabulary=name)}
        update = []
        for values in rows:
            term = terms[values["code"]] if terms[values["code"]].pk else known[values["code"]]
            parent = known.get(values["parent_code"]) if values["parent_code"] else None
            current = next((code for code, other in known.items() if other.pk == term.parent_id), "")
            if current == (parents_before.get(term.code) or ""):
                term.parent = parent
            elif current != values["parent_code"] and values["parent_code"] != parents_before.get(term.code):
                report.kept.append(f"{name}/{term.code}: the parent was changed here and is kept.")
            term.seeded = term.seeded | {"parent_code": values["parent_code"]}
            update.append(term)
        Term.objects.bulk_update(update, [*OWN_FIELDS, "parent", "seeded"], batch_size=200)
    versions.bump("vocabulary")
    if report.created or report.changed:
        terms_loaded.send(sender=Term)
    return report
