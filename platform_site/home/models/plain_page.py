"""Plain pages: about, charter, method, overviews of the categories."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from platform_site.blocks.anchors import fill_anchors
from platform_site.home.models.earlier_version import EarlierVersion
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
    adopted_on = models.DateField(
        _("adopted on"),
        null=True,
        blank=True,
        help_text=_(
            "Only for what was decided on, such as the Charter. Where a later day is published, the former text stays "
            "readable as an earlier version."
        ),
    )

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.PlainPage"]
    subpage_types: ClassVar[list[str]] = ["home.PlainPage"]
    template = "home/plain_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("category"), FieldPanel("adopted_on")], heading=_("Kind of page")
        ),
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

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish; a text with a later day of adoption leaves the former one as an earlier version."""
        with transaction.atomic():
            keep_earlier(self.pk, revision.as_object())
            super().publish(revision, *args, **kwargs)

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

    def provenance(self) -> list[tuple[Any, Any]]:
        """Return where the text is from, the day of adoption first."""
        said = super().provenance()
        return [(_("Adopted"), date_format(self.adopted_on)), *said] if self.adopted_on else said

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add earlier versions, or show the one that the address names. Raises Http404 for one that does not exist."""
        context = super().get_context(request, *args, **kwargs)
        shown = context["shown"]
        owner = shown.alias_of_id or shown.pk
        if owner is None or not shown.adopted_on:
            versions: list[EarlierVersion] = []
        else:
            versions = list(EarlierVersion.objects.filter(page_id=owner))
        asked = getattr(request, "earlier_version", None)
        if asked is not None:
            return {**context, **_of_version(asked, versions, context)}
        return {**context, "versions": versions}


def keep_earlier(pk: int | None, new: PlainPage) -> None:
    """Keep the live text of a page as an earlier version if `new` was adopted on a later day."""
    if new.adopted_on is None:
        return
    live = PlainPage.objects.filter(pk=pk, live=True, adopted_on__isnull=False, adopted_on__lt=new.adopted_on).first()
    if live is not None:
        EarlierVersion.objects.update_or_create(
            page=live,
            adopted_on=live.adopted_on,
            defaults={"title": live.title, "intro": live.intro, "body": live.body},
        )


def _of_version(day: str, versions: list[EarlierVersion], context: dict[str, Any]) -> dict[str, Any]:
    """Return what of a page's context is another for the version of `day`. Raises Http404 if there is none."""
    shown = context["shown"]
    days = [version.adopted_on for version in versions]
    at = next((at for at, adopted in enumerate(days) if adopted.isoformat() == day), None)
    if at is None:
        raise Http404
    version = versions[at]
    until = days[at - 1] if at else shown.adopted_on
    fill_anchors(version.body)
    parts = [(block, block.value["anchor"] if block.block_type == "heading" else "") for block in version.body]
    current = f"/{shown_path(context)}"
    return {
        "version": version,
        "version_until": until,
        "current_href": current,
        "shown": {"title": version.title, "intro": version.intro},
        "parts": parts,
        "contents": [],
        "children": [],
        "versions": [],
        "breadcrumbs": [*context["breadcrumbs"][:-1], (shown.title, current), (date_format(version.adopted_on), None)],
        "dateline": [(_("Adopted"), date_format(version.adopted_on)), (_("Replaced"), date_format(until))],
        "description": "",
    }


def shown_path(context: dict[str, Any]) -> str:
    """Return the path of the page of a context, with its language."""
    page = context["page"]
    return f"{page.locale.language_code}/{page.url_path.split('/', 2)[2]}"
