"""Sections: the one page below the home page under which all pages of a kind stand, such as guides or news."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from platform_site.pages.gate import PagePermissions
from platform_site.pages.site_page import SitePageMixin
from platform_site.texts.models import FormattedTextField


class SectionPageMixin(SitePageMixin):
    """Base of the sections; mixed in before Wagtail's Page. The site makes them, in every language.

    Other addresses of the section (a feed, a file) are built on its slug: it stays as it is.
    """

    intro = FormattedTextField(_("introduction"), help_text=_("One or two sentences under the title."))

    parent_page_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    promote_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissions:
        """Return what `user` may do: write and publish, not take away."""
        return SectionPermissions(user, self)


class SectionPermissions(PagePermissions):
    """A section is no page to take off the site, to move or to copy: the site leads to it."""

    def can_unpublish(self) -> bool:
        """Nobody may."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody may."""
        return False

    def can_move(self) -> bool:
        """Nobody may."""
        return False

    def can_copy(self) -> bool:
        """Nobody may."""
        return False
