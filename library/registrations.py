"""What the library registers with the lower layers when it is ready."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search sources, the place in the navigation, related blocks and figures."""
    _register_documents()
    _register_terms()
    _register_guides()
    _register_places()


def _register_documents() -> None:
    from library.models import DocumentFile, DocumentInstrument, DocumentTerm, LibraryDocument, LibraryText, StoredFile
    from library.search_documents import document_documents, names_of_files
    from search import registration
    from search.building import belonging_to, naming, published_pks

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
            published=published_pks(LibraryDocument),
            judged_as="library",
            judged_names=names_of_files,
            documents=document_documents,
            follows={
                LibraryText: belonging_to("record_id"),
                DocumentTerm: belonging_to("owner_id"),
                DocumentInstrument: belonging_to("document_id"),
                DocumentFile: belonging_to("document_id"),
                # Its text was read again; sections are written before it.
                StoredFile: naming(DocumentFile, "stored", "document"),
            },
        )
    )


def _register_terms() -> None:
    """Register the terms that have pages: legal instruments and monitoring bodies."""
    from library.models import InstrumentParty
    from library.search_documents import body_documents, body_pks, instrument_documents, instrument_pks
    from platform_site.vocabulary.models import LABEL_LANGUAGES, Term
    from search import registration
    from search.building import belonging_to

    labels = tuple(f"label_{language}" for language in LABEL_LANGUAGES)
    registration.register(
        registration.Source(
            record_type="instrument",
            model=Term,
            label=_("Legal instruments"),
            names=labels,
            published=instrument_pks,
            readable=lambda pks, _user: set(pks) & set(instrument_pks()),
            documents=instrument_documents,
            follows={InstrumentParty: belonging_to("instrument_id")},
        )
    )
    registration.register(
        registration.Source(
            record_type="body",
            model=Term,
            label=_("Monitoring bodies"),
            names=labels,
            published=body_pks,
            readable=lambda pks, _user: set(pks) & set(body_pks()),
            documents=body_documents,
        )
    )


def _register_guides() -> None:
    from library.guides.search_documents import chapter_documents, chapter_pks, chapters_of_guide, guide_documents
    from library.models import ChapterPage, GuideListPage, GuidePage
    from platform_site.pages.search_documents import first_of_group, page_pks, readable_pages
    from search import registration

    registration.register(
        registration.Source(
            record_type="guide",
            model=GuidePage,
            label=_("Advocacy guides"),
            names=("title",),
            texts=("subtitle", "authors", "author_organisation", "intro", "body_text"),
            published=page_pks(GuidePage),
            readable=readable_pages(GuidePage),
            documents=guide_documents,
            follows={GuidePage: first_of_group},
        )
    )
    registration.register(
        registration.Source(
            record_type="chapter",
            model=ChapterPage,
            label=_("Chapters of guides"),
            names=("title",),
            texts=("intro", "body_text"),
            published=chapter_pks,
            readable=readable_pages(ChapterPage),
            documents=chapter_documents,
            follows={ChapterPage: first_of_group, GuidePage: chapters_of_guide},
        )
    )
    registration.opt_out(GuideListPage, reason="It leads to the guides, which are found themselves.")


def _register_places() -> None:
    from library.models import DocumentUse
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
    from search import related

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
