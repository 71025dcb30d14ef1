"""What pages of text share: introduction, blocks, contents, and the line that says where the text is from."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from platform_site.blocks.anchors import fill_anchors
from platform_site.blocks.body import BodyField, searchable_text
from platform_site.blocks.figures import check_mentions
from platform_site.pages.site_page import SitePageMixin
from platform_site.texts.formatted import plain
from platform_site.texts.models import FormattedTextField
from platform_site.ui.languages import language_name


class TextPageMixin(SitePageMixin):
    """Base of the pages that are read; mixed in before Wagtail's Page."""

    intro = FormattedTextField(_("introduction"), help_text=_("One or two sentences, shown larger under the title."))
    body = BodyField(verbose_name=_("content"), blank=True)
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where the text is from: a publication, a meeting, the secretariat."),
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When somebody last read it for errors.")
    )
    imported_on = models.DateField(_("imported on"), null=True, blank=True, editable=False)
    # What an import found beside the text and the site has no field for.
    originals = models.JSONField(default=dict, blank=True, editable=False)
    # The words of the body, for the search and for descriptions.
    body_text = models.TextField(default="", blank=True, editable=False)

    # What an editor fills in, for the panels of a page type.
    text_panels: ClassVar[list[Any]] = [
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_url"), FieldPanel("checked_on")], heading=_("Where it is from")
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse figures that do not exist in the introduction."""
        super().clean()
        try:
            check_mentions(self.intro)
        except ValidationError as error:
            raise ValidationError({"intro": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page with the anchors of its headings and the words of its body."""
        fields = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            fill_anchors(self.body)
            self.body_text = searchable_text(self.body)
            if fields is not None:
                kwargs["update_fields"] = [*fields, "body_text"]
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a draft with the anchors of its headings: what is published later has the same."""
        fill_anchors(self.body)
        return super().save_revision(*args, **kwargs)

    def parts(self) -> list[tuple[Any, str]]:
        """Return the blocks of the body, each with the anchor of its heading (empty for other blocks)."""
        fill_anchors(self.body)
        return [(block, block.value["anchor"] if block.block_type == "heading" else "") for block in self.body]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the parts of the text, the list of contents, the pages round it, the line that says where it is from."""
        context = super().get_context(request, *args, **kwargs)
        shown = context["shown"]
        parts = shown.parts()
        sections = [(anchor, block.value["text"]) for block, anchor in parts if anchor and block.value["level"] == "2"]
        context["parts"] = parts
        context["contents"] = sections if len(sections) >= FEWEST_CONTENTS else []
        context["children"] = self.pages_below()
        context["breadcrumbs"] = [*self.trail(), (shown.title, None)]
        context["dateline"] = shown.provenance()
        context["description"] = Truncator(plain(shown.intro) or shown.body_text).words(DESCRIPTION_WORDS)
        return context

    def provenance(self) -> list[tuple[Any, Any]]:
        """Return where the text is from, as pairs of label and value."""
        items: list[tuple[Any, Any]] = []
        if self.source:
            items.append((_("Source"), self.source))
        items.append((_("Language"), language_name(self.text_language)))
        if self.checked_on:
            items.append((_("Checked"), date_format(self.checked_on)))
        elif self.imported_on:
            items.append((_("Imported"), date_format(self.imported_on)))
        elif self.last_published_at:
            items.append((_("Published"), date_format(localdate(self.last_published_at))))
        return items

    def pages_below(self) -> list[tuple[str, str, str]]:
        """Return title, address and language ("" where it is the reader's) of the live pages right below this one."""
        if not self.numchild:
            return []
        own = self.locale.language_code
        below = type(self).objects.child_of(self).live().values_list("title", "url_path", "text_language")
        return [
            (title, f"/{own}/{url_path.split('/', 2)[2]}", "" if language == own else language)
            for title, url_path, language in below
        ]

    def trail(self) -> list[tuple[str, str]]:
        """Return title and address of the pages between the home page and this one."""
        if self.depth <= FIRST_DEPTH or not self.path:
            return []
        between = self.get_ancestors().filter(depth__gte=FIRST_DEPTH, live=True)
        language = self.locale.language_code
        return [
            (title, f"/{language}/{url_path.split('/', 2)[2]}")
            for title, url_path in between.values_list("title", "url_path")
        ]


# Words of a description for search engines.
DESCRIPTION_WORDS = 30
# A list of contents pays from this number of sections on.
FEWEST_CONTENTS = 4
# The depth of pages right below a home page.
FIRST_DEPTH = 3
