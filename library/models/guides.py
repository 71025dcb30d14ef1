"""Advocacy guides: a page with its chapters below it, each chapter a page of its own."""

from __future__ import annotations

from math import ceil
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from library.guides.blocks import GuideBodyBlock
from library.models.documents import LibraryDocument
from platform_site.blocks.body import BodyField
from platform_site.pages.section_page import SectionPageMixin
from platform_site.pages.text_page import TextPageMixin

# Words a minute of somebody who reads to understand.
READING_SPEED = 200


def minutes_for(words: int) -> int:
    """Return how many minutes it takes to read so many words; at least one."""
    return max(1, ceil(words / READING_SPEED))


class GuideListPage(SectionPageMixin, Page):
    """All guides."""

    subpage_types: ClassVar[list[str]] = ["library.GuidePage"]
    template = "library/guide_list.html"

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guides that the reader may read."""
        from library.guides.contents import dateline, guides_for

        context = super().get_context(request, *args, **kwargs)
        context["guides"] = guides_for(request)
        context["dateline"] = dateline(context["guides"])
        context["breadcrumbs"] = [(context["shown"].title, None)]
        return context


class GuidePage(TextPageMixin, Page):
    """The opening of a guide: what it is, who wrote it, its chapters, what changed."""

    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    authors = models.CharField(
        _("authors"), max_length=500, blank=True, help_text=_("As printed; several are parted by semicolons.")
    )
    author_organisation = models.CharField(_("organisation of the authors"), max_length=255, blank=True)
    year = models.CharField(_("year"), max_length=4, blank=True, help_text=_("Of the first edition, YYYY."))
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    source_document = models.ForeignKey(
        LibraryDocument,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document of the library"),
        help_text=_("Where the guide was first printed, if the library has it."),
    )
    body = BodyField(GuideBodyBlock(), verbose_name=_("content"), blank=True)

    subpage_types: ClassVar[list[str]] = ["library.ChapterPage"]
    template = "library/guide_detail.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("subtitle"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("authors"), FieldPanel("author_organisation")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("licence")]),
                FieldPanel("source_document"),
            ],
            heading=_("Edition"),
        ),
        *TextPageMixin.text_panels,
        InlinePanel(
            "changes",
            [FieldPanel("date"), FieldPanel("text")],
            heading=_("What changed"),
            label=_("Change"),
            help_text=_("For readers who know an earlier state: what is new or different, and since when."),
        ),
    ]

    class Meta:
        verbose_name = _("advocacy guide")
        verbose_name_plural = _("advocacy guides")

    def author_names(self) -> list[str]:
        """Return the authors one by one."""
        return [name for name in (part.strip() for part in self.authors.split(";")) if name]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add chapters, edition and what changed."""
        from library.guides.reading import guide_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **guide_context(self, context["shown"], request)}


class GuideChange(Orderable):
    """One line of what changed in a guide, and when."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="changes")
    date = models.DateField(_("date"))
    text = models.CharField(_("what changed"), max_length=500)

    class Meta(Orderable.Meta):
        verbose_name = _("change of a guide")
        verbose_name_plural = _("changes of a guide")

    def __str__(self) -> str:
        return f"{self.date}: {self.text}"


class ChapterPage(TextPageMixin, Page):
    """One chapter. Its place among the others is that of the original in the tree, in every language."""

    number = models.CharField(
        _("number"), max_length=12, blank=True, help_text=_("As printed: 2 or 2.1. Points make it a part of another.")
    )
    body = BodyField(GuideBodyBlock(), verbose_name=_("content"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["library.GuidePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "library/guide_chapter.html"
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("number"), *TextPageMixin.text_panels]

    class Meta:
        verbose_name = _("chapter of a guide")
        verbose_name_plural = _("chapters of a guide")

    @cached_property
    def guide(self) -> GuidePage:
        """The guide of which this is a chapter, in the same language's tree."""
        return GuidePage.objects.select_related("locale").get(pk=self.get_parent().pk)

    @property
    def minutes(self) -> int:
        """Minutes that it takes to read the chapter."""
        return minutes_for(len(self.body_text.split()))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the chapters round it, the progress, and how to cite it."""
        from library.guides.reading import chapter_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **chapter_context(self, context["shown"], request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the chapter; a chapter whose guide is off the site leads there, which answers for both."""
        if not self.guide.live and not self.guide.written_group().exists():
            return redirect(self.guide.url)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response
