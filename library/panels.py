"""The editors' form of a library document and of the parties to instruments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from library.forms import DocumentFileForm
from library.models import DocumentUse
from platform_site.records.forms_links import links_panel
from platform_site.records.panels import LanguageSelect, PartsPanel, TermsPanel, formatted_panel, texts_panel


def document_tabs() -> list[Any]:
    """Return the tabs of a document: facts, subject, texts, files."""
    return [
        ObjectList(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldRowPanel([FieldPanel("document_type"), FieldPanel("level")]),
                FieldPanel("issuer"),
                FieldPanel("authors"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("adopted"), FieldPanel("published_on"), FieldPanel("in_force_on")]),
                        FieldPanel("status"),
                    ],
                    heading=_("Dates and status"),
                ),
                TermsPanel("languages", heading=_("Languages of the document")),
                MultiFieldPanel([FieldPanel("address"), FieldPanel("checked_on")], heading=_("On the web")),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [
                TermsPanel("topics"),
                TermsPanel("countries"),
                PartsPanel(
                    "instruments",
                    [
                        FieldRowPanel([FieldPanel("instrument"), FieldPanel("article")]),
                        FieldRowPanel([FieldPanel("subject"), FieldPanel("subject_language", widget=LanguageSelect)]),
                    ],
                    heading=_("Legal instruments"),
                    label=_("Instrument"),
                ),
                TermsPanel("monitoring_bodies"),
                FieldPanel("tool"),
                links_panel("uses", heading=_("Used by"), rows=DocumentUse),
            ],
            heading=_("Subject"),
        ),
        ObjectList([texts_panel([FieldPanel("title"), formatted_panel("summary")])], heading=_("Texts")),
        ObjectList(
            [
                PartsPanel(
                    "files",
                    [
                        FieldRowPanel([FieldPanel("language", widget=LanguageSelect), FieldPanel("label")]),
                        FieldPanel("upload"),
                    ],
                    heading=_("Files"),
                    label=_("File"),
                    form_class=DocumentFileForm,
                )
            ],
            heading=_("Files"),
        ),
    ]
