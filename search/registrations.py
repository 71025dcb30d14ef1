"""What the glossary registers with the lower layers, and with the search itself, when it is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the loader of the thesaurus, search sources and the place of the navigation."""
    from platform_site.ui import navigation
    from platform_site.vocabulary.loading import register_loader
    from search import registration, search_documents
    from search.models import Abbreviation, Concept
    from search.thesaurus.loading import load_concepts

    register_loader("Concepts", load_concepts)
    registration.register(
        registration.Source(
            record_type="concept",
            model=Concept,
            label=_("Concepts"),
            names=("labels__label",),
            texts=("texts__scope_note",),
            published=search_documents.published_concepts,
            documents=search_documents.concept_documents,
        )
    )
    registration.register(
        registration.Source(
            record_type="abbreviation",
            model=Abbreviation,
            label=_("Abbreviations"),
            names=("name",),
            texts=("full_form",),
            published=search_documents.published_abbreviations,
            documents=search_documents.abbreviation_documents,
        )
    )
    navigation.register("search", _("Search"), "search:search", 10, area="search")
    navigation.register("glossary", _("Glossary"), "search:concept_list", 60, area="use")
