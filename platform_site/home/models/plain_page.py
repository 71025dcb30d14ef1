"""Plain pages: about, charter, method, overviews of the categories."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from platform_site.pages.text_page import TextPageMixin


class PlainPage(TextPageMixin, Page):
    """A page of text that other pages and the menu find by its kind."""

    class Kind(models.TextChoices):
        """What a page is for; other pages and the menu find it by its kind."""

        PLAIN = "plain", _("Page")
        ABOUT = "about", _("About the platform")
        CHARTER = "charter", _("Charter")
        STATEMENT = "statement", _("Statement")
        METHOD = "method", _("How we work")
        CATEGORY_OVERVIEW = "category_overview", _("Overview of a category")
        ANALYSIS = "analysis", _("Analysis")

    class Category(models.TextChoices):
        """The four categories of practice charts."""

        A = "A", "A"
        B = "B", "B"
        C = "C", "C"
        D = "D", "D"

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PLAIN)
    category = models.CharField(
        _("category"),
        max_length=1,
        choices=Category.choices,
        blank=True,
        help_text=_("Only for the overview of a category."),
    )

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.PlainPage"]
    subpage_types: ClassVar[list[str]] = ["home.PlainPage"]
    template = "home/plain_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("category")], heading=_("Kind of page")),
        *TextPageMixin.text_panels,
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def clean(self) -> None:
        """Refuse an overview without its category and a category on another kind."""
        super().clean()
        is_overview = self.kind == self.Kind.CATEGORY_OVERVIEW
        if is_overview and not self.category:
            raise ValidationError({"category": _("Say of which category this is the overview.")})
        if self.category and not is_overview:
            raise ValidationError({"category": _("Only the overview of a category has one.")})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the page; what is the overview of a category is read on the category's page, and leads there."""
        from platform_site.home.selectors import overview_pages

        if self.kind == self.Kind.CATEGORY_OVERVIEW and not getattr(request, "is_preview", False):
            shown = overview_pages().get(self.category, [])
            if shown and shown[0].translation_key == self.translation_key:
                category_page = reverse("practices:practice_category", args=[self.category.lower()])
                return HttpResponsePermanentRedirect(category_page)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response
