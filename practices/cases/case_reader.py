"""Reading the objects of `case_studies.json` by the declaration of the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platform_site.records.packages.numbered import NumberedReader
from practices.cases.exporting import (
    CASE_EXTRA_KEYS,
    CASE_KEYS,
    CONSENT_KEYS,
    EVIDENCE,
    PROSE_KEYS,
    STEP_KEYS,
    THEME_KEYS,
)
from practices.cases.template import ANSWER_KEYS, ANSWERS, GROUPS, OTHERS, THEME_GROUPS, OptionGroup
from practices.models import CaseStep, CaseStudy, CaseText

VICTIM_KEYS = tuple(
    name
    for group in GROUPS
    if group.json.startswith("victim.")
    for name in (group.json.partition(".")[2], group.other)
    if name
)
PLAIN = ("person_code", "audience", "source", "source_url")


class CaseReader(NumberedReader):
    """Reads one object of the file into `row.typed`; what is wrong is added to the run's problems."""

    model = CaseStudy

    def read(self) -> None:
        """Read every key that is given."""
        self.only(self.values, (*CASE_KEYS, *CASE_EXTRA_KEYS))
        for key in ("organisation", "country"):
            if not self.values.get(key):
                self.problem(key, "The value is missing.")
        self.read_facts()
        self.read_groups()
        typed = self.typed
        typed["prose"] = self.read_prose(self.values, "", others=self.victim)
        self.read_language()
        if "steps" in self.values:
            typed["steps"] = self.read_steps(self.values, "")
        if "translations" in self.values:
            typed["translations"] = self.read_translations()

    @property
    def victim(self) -> Mapping[str, Any]:
        """What is said of the person."""
        return self.table(self.values, "victim", VICTIM_KEYS)

    def read_facts(self) -> None:
        """Read what is the same in all languages, but for ticks and themes."""
        values, typed = self.values, self.typed
        self.read_record(PLAIN)
        if "countries_involved" in values:
            involved = self.texts(values, "countries_involved")
            typed["countries"] = self.codes("countries_involved", "countries", involved)
        name = self.text(values, "organisation")
        if name and self.reading.refer("organisation", name, self.row.place.at("organisation")):
            typed["organisation"] = name
        if "consent" in values:
            typed["consent"] = self.read_consent()

    def read_consent(self) -> dict[str, Any]:
        """Return the consent by the fields of the record."""
        given = self.table(self.values, "consent", CONSENT_KEYS)
        return {
            f"consent_{key}": self.field(
                CaseStudy, f"consent_{key}", self.text(given, key, "consent."), f"consent.{key}"
            )
            for key in CONSENT_KEYS
        }

    def read_groups(self) -> None:
        """Read ticks and themes: full codes by key of their group, and where the themes are said."""
        typed = self.typed
        typed["groups"], typed["evidence"] = {}, {}
        evidence = self.table(self.values, EVIDENCE, THEME_KEYS)
        for group in GROUPS:
            above, _, below = group.json.partition(".")
            if above not in self.values:
                continue
            holder = self.victim if below else self.values
            if not below or below in holder:
                typed["groups"][group.key] = self.read_group(group, holder, below or above, above)
        for group in THEME_GROUPS:
            if group.json in evidence:
                typed["evidence"][group.key] = self.read_evidence(group, evidence)

    def read_group(self, group: OptionGroup, holder: Mapping[str, Any], name: str, top: str) -> list[str]:
        """Return the full codes of the words of a group, each once, in order."""
        list_name = group.list_name.partition("__")[0]
        themes = self.reading.names.get("case_theme", set()) if group.is_theme else set()
        path = f"{top}." if name != top else ""
        found: list[str] = []
        for word in self.texts(holder, name, path):
            own = group.code_of(word)
            mapped = self.reading.mappings.explicit(self.row.place.file, group.json, word, list_name)
            codes = mapped or [own if own in group.options else f"{group.json}/{word}" if group.is_theme else own]
            unknown = [code for code in codes if code not in group.options and code not in themes]
            if unknown:
                self.problem(f"{path}{name}", f"{word!r} is no option of {group.json!r}, and no mapping explains it.")
                continue
            if mapped and mapped != [own]:
                self.row.mapped.setdefault(top, []).append((group.json, word, list_name, codes))
            found.extend(code for code in codes if code not in found)
        return found

    def read_evidence(self, group: OptionGroup, evidence: Mapping[str, Any]) -> dict[str, str]:
        """Return, by full code, the numbers of the answers as the theme keeps them."""
        given = evidence[group.json]
        path = f"{EVIDENCE}.{group.json}"
        if not isinstance(given, dict):
            self.problem(path, "Expected an object from theme to answers.")
            return {}
        themes = self.typed["groups"].get(group.key, [])
        found = {}
        for word in given:
            code = f"{group.json}/{word}"
            answers = self.texts(given, word, f"{path}.")
            if code not in themes:
                self.problem(f"{path}.{word}", f"The theme is not among the {group.json}.")
            elif any(answer not in ANSWER_KEYS for answer in answers) or len(set(answers)) != len(answers):
                self.problem(f"{path}.{word}", f"Expected numbers of answers, each once: {', '.join(ANSWER_KEYS)}.")
            else:
                found[code] = ", ".join(answers)
        return found

    def read_prose(self, values: Mapping[str, Any], path: str, *, others: Mapping[str, Any]) -> dict[str, str]:
        """Return the given prose by the fields of the text row; `others` has the words beside "other"."""
        found = {}
        if "title" in values:
            found["title"] = self.field(CaseText, "title", self.text(values, "title", path), f"{path}title") or ""
        for name in OTHERS:
            if name in others:
                found[name] = self.field(CaseText, name, self.text(others, name, path), f"{path}{name}") or ""
        answers = self.table(values, "answers", ANSWER_KEYS, path)
        for question in ANSWERS:
            if question.key in answers:
                where = f"{path}answers."
                text = self.text(answers, question.key, where)
                found[question.name] = self.field(CaseText, question.name, text, f"{where}{question.key}") or ""
        return found

    def read_steps(self, values: Mapping[str, Any], path: str) -> list[dict[str, str]]:
        """Return the steps: code of the country ("" for both), heading, text."""
        found = []
        for number, entry in enumerate(self.items(values, "steps", path), start=1):
            where = f"{path}steps {number}."
            if not isinstance(entry, dict):
                self.problem(f"{path}steps {number}", "Expected an object with country, heading and text.")
                continue
            self.only(entry, STEP_KEYS, where)
            country = self.text(entry, "country", where)
            found.append(
                {
                    "country": self.code(f"{where}country", "countries", country, column="steps.country"),
                    "heading": self.field(CaseStep, "heading", self.text(entry, "heading", where), f"{where}heading"),
                    "text": self.field(CaseStep, "text", self.text(entry, "text", where), f"{where}text") or "",
                }
            )
        return found

    def read_translations(self) -> dict[str, dict[str, Any]]:
        """Return prose and steps of each further language."""
        found = {}
        for code, path, values in self.translations():
            self.only(values, PROSE_KEYS, path)
            prose = self.read_prose(values, path, others=values)
            found[code] = {"prose": prose, "steps": self.read_steps(values, path)}
        return found
