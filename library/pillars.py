"""The three pillars of the library: phenomenon, policies, practices. What a document is and is about says which."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

PHENOMENON, POLICIES, PRACTICES = "phenomenon", "policies", "practices"
PILLARS = {
    PHENOMENON: _("Phenomenon"),
    POLICIES: _("Policies"),
    PRACTICES: _("Practices"),
}
NOTES = {
    PHENOMENON: _("What happens, to whom and where: research, statistics, reports on trends and recruitment."),
    POLICIES: _("What binds and what was promised: conventions, laws, strategies, monitoring, positions."),
    PRACTICES: _("How it is done: handbooks, training, forms, agreements, information for those concerned."),
}
OF_TYPE = {
    "convention": POLICIES,
    "eu_directive": POLICIES,
    "national_law": POLICIES,
    "case_law": POLICIES,
    "recommendation": POLICIES,
    "declaration": POLICIES,
    "strategy": POLICIES,
    "agreement": PRACTICES,
    "monitoring_report": POLICIES,
    "shadow_report": POLICIES,
    "report": PRACTICES,
    "handbook": PRACTICES,
    "manual": PRACTICES,
    "guideline": PRACTICES,
    "research": PHENOMENON,
    "statistics": PHENOMENON,
    "meeting_record": POLICIES,
    "policy_paper": POLICIES,
    "campaign_material": PRACTICES,
    "victim_information": PRACTICES,
    "standard_form": PRACTICES,
    "newsletter": PRACTICES,
    "article": PHENOMENON,
    "audiovisual": PRACTICES,
}
# What a document is about puts it beside others, whatever its type is.
OF_TOPIC = {
    "phenomenon_trends": PHENOMENON,
    "recruitment": PHENOMENON,
    "forms_sectors": PHENOMENON,
}


def pillars_of(document_type: str, topics: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the pillars of a document of this type with these topics, in the order of `PILLARS`."""
    found = {OF_TYPE.get(document_type, PRACTICES), *(OF_TOPIC[topic] for topic in topics if topic in OF_TOPIC)}
    return tuple(pillar for pillar in PILLARS if pillar in found)
