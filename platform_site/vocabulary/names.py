"""What the controlled lists are called, for the editors."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIST_LABELS: dict[str, str | Promise] = {
    "abbreviation_kinds": _("Kinds of abbreviation"),
    "ages": _("Ages"),
    "case_template_options": _("Options of the case study form"),
    "case_themes": _("Themes of case studies"),
    "cooperation_types": _("Kinds of cooperation"),
    "countries": _("Countries"),
    "exploitation_types": _("Forms of exploitation"),
    "funding_source_kinds": _("Kinds of funding"),
    "genders": _("Genders"),
    "indicator_areas": _("Areas of indicators"),
    "indicators": _("Indicators"),
    "instrument_articles": _("Articles of legal instruments"),
    "languages": _("Languages"),
    "legal_instruments": _("Legal instruments"),
    "levels": _("Levels"),
    "library_document_types": _("Types of library documents"),
    "membership_statuses": _("Membership"),
    "monitoring_bodies": _("Monitoring bodies"),
    "network_kinds": _("Kinds of network"),
    "organisation_types": _("Types of organisation"),
    "practice_categories": _("Categories of practices"),
    "practice_typologies": _("Types of intervention"),
    "programme_kinds": _("Kinds of programme"),
    "regions": _("Regions"),
    "selection_principles": _("Selection principles"),
    "service_types": _("Services"),
    "source_kinds": _("Kinds of source"),
    "target_groups": _("Target groups"),
    "topics": _("Topics"),
}

# Lists whose terms people name by their codes: the categories A to D.
LISTS_WITH_CODES = frozenset({"practice_categories"})


def list_label(name: str) -> str | Promise:
    """Return what the list `name` is called; its own name if nobody gave it one."""
    return LIST_LABELS.get(name, name)
