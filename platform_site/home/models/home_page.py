"""The home page: a headline and a few words; all else on it is computed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from platform_site.pages.site_page import SitePageMixin
from platform_site.texts.models import FormattedTextField

# How many news items the home page names.
NEWS = 3


class HomePage(SitePageMixin, Page):
    """The top of one language's tree."""

    headline = models.CharField(_("headline"), max_length=120, help_text=_("What a visitor can do here, in one line."))
    intro = FormattedTextField(_("introduction"), help_text=_("One or two sentences under the headline."))

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    # The sections are made with the site.
    subpage_types: ClassVar[list[str]] = ["home.PlainPage", "library.GuideListPage", "newsletters.NewsListPage"]
    template = "home/home_page.html"
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("headline"), FieldPanel("intro")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Say no to a second home page: there is one per language, made with the site."""
        return False

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page computes: figures, countries, latest charts."""
        from newsletters.selectors import latest_news
        from platform_site.home.selectors import home_blocks

        context = super().get_context(request, *args, **kwargs)
        context.update(home_blocks(request.user))
        context["news"] = latest_news(request, NEWS)
        return context
