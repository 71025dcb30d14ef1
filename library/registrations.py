"""What the library registers with the lower layers when it is ready."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search source, the place in the navigation, related blocks and figures."""
    from library.models import ChapterPage, DocumentUse, GuideListPage, GuidePage, LibraryDocument
    from library.related import (
        document_lines,
        document_with_source,
        documents_in_country,
        documents_of_pair,
        documents_used_by,
        instruments_of_country,
        instruments_to_come,
        place_in_source,
        reports_on_country,
        tools_on_return,
    )
    from library.selectors import document_count, readable_count
    from platform_site.blocks import figures
    from platform_site.ui import navigation
    from search import registration, related

    registration.register(
        registration.Source(
            record_type="document",
            model=LibraryDocument,
            label=_("Library documents"),
            names=("name", "texts__title"),
            texts=(
                "issuer",
                "authors",
                "texts__summary",
                "instruments__article",
                "instruments__subject",
                "files__stored__sections__text",
            ),
        )
    )
    registration.register(
        registration.Source(
            "guide",
            GuidePage,
            _("Advocacy guides"),
            names=("title",),
            texts=("subtitle", "authors", "author_organisation", "intro", "body_text"),
        )
    )
    registration.register(
        registration.Source(
            "chapter", ChapterPage, _("Chapters of guides"), names=("title",), texts=("intro", "body_text")
        )
    )
    registration.opt_out(GuideListPage, reason="It leads to the guides, which are found themselves.")
    navigation.register("guides", _("Guides"), "wagtail_serve", order=60, args=("guides/",))
    navigation.register("library", _("Library"), "library:document_list", order=50)
    related.register_lines("document", document_lines)
    for subject in DocumentUse.linkable:
        related.register(subject, "document", partial(documents_used_by, subject))
    related.register("country", "instrument", instruments_of_country)
    related.register("country", "instrument_to_come", instruments_to_come)
    related.register("country", "report", reports_on_country)
    related.register("country", "document", documents_in_country)
    related.register("country_pair", "document", documents_of_pair)
    related.register("country_pair", "tool", tools_on_return)
    related.register("source", "document", document_with_source)
    related.register("source_place", "place", place_in_source)
    figures.register("documents", _("library documents"), document_count)
    figures.register("documents_to_read", _("library documents whose text can be read here"), readable_count)
