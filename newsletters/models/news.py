"""News: items with a day and a teaser, and the list of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from platform_site.pages.section_page import SectionPageMixin
from platform_site.pages.text_page import TextPageMixin


class NewsListPage(SectionPageMixin, Page):
    """All news, the newest first."""

    subpage_types: ClassVar[list[str]] = ["newsletters.NewsPage"]
    template = "newsletters/news_list.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of the news that the reader may read."""
        from newsletters.news import list_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **list_context(request), "breadcrumbs": [(context["shown"].title, None)]}


class NewsPage(TextPageMixin, Page):
    """One news item. Its introduction is the teaser in the list and in the feed."""

    date = models.DateField(_("date"), default=localdate, help_text=_("The day that readers see."))

    parent_page_types: ClassVar[list[str]] = ["newsletters.NewsListPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "newsletters/news_detail.html"
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("date"), *TextPageMixin.text_panels]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def publish_problems(self) -> list[Any]:
        """Ask for the teaser: the list and the feed consist of it."""
        problems = super().publish_problems()
        return problems if self.intro.strip() else [*problems, _("A news item needs one or two sentences to begin.")]

    def provenance(self) -> list[tuple[Any, Any]]:
        """Return the day of the news, then where the text is from."""
        said = [pair for pair in super().provenance() if pair[0] != _("Published")]
        return [(_("Published"), date_format(self.date)), *said]
