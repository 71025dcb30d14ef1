"""Country profiles for tests: published through the project's own services, with free defaults."""

from __future__ import annotations

from typing import Any

from directory.models import ActionPlan, CountryFact, CountryProfile, NationalBody, ProfileText
from platform_site.records.services import publish_record
from platform_site.vocabulary.store import term_id


def fact(indicator: str, value: str, **values: Any) -> CountryFact:
    """Return an unsaved value of an indicator (by code), complete; `kind` is the code of the kind of source."""
    kind = values.pop("kind", "research_report")
    values.setdefault("year", "2024")
    values.setdefault("source", "A report")
    return CountryFact(
        indicator_id=term_id("indicators", indicator),
        value=value,
        source_kind_id=term_id("source_kinds", kind),
        **values,
    )


def build_profile(
    country: str = "RO",
    facts: list[CountryFact] | None = None,
    *,
    texts: dict[str, dict[str, str]] | None = None,
    plans: list[ActionPlan] | None = None,
    bodies: list[NationalBody] | None = None,
    **values: Any,
) -> CountryProfile:
    """Return an unsaved profile. `texts` are fields by language, the first one is the original."""
    profile = CountryProfile(country_id=term_id("countries", country), **values)
    profile.texts = [
        ProfileText(language=language, is_original=not number, **fields)
        for number, (language, fields) in enumerate((texts or {}).items())
    ]
    profile.facts = facts or []
    for number, row in enumerate(facts or []):
        row.sort_order = number
    profile.plans = plans or []
    profile.bodies = bodies or []
    return profile


def make_profile(*args: Any, **values: Any) -> CountryProfile:
    """Return a published profile (see `build_profile`)."""
    published: CountryProfile = publish_record(record=build_profile(*args, **values))
    return published
