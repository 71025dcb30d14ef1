"""What all pages of the site share: one path in every language, a text language, the publish gate.

A page stands in the tree of one language. In each other language the same path answers too: with a translation if
somebody wrote one, else with an alias that shows the original, labelled (`pages.aliases` keeps them).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.url_routing import RouteResult

from platform_site.pages.forms import SitePageForm
from platform_site.pages.gate import GatedPageMixin
from platform_site.pages.querysets import SitePageManager
from platform_site.ui.languages import language_name

# Sent by the class of a page, with the page as `instance`, when its text is published and its aliases show it.
text_published = Signal()


class SitePageMixin(GatedPageMixin):
    """Base of the page types; mixed in before Wagtail's Page, which stays the standard one."""

    # The language in which the live text is written. It differs from the tree's where a page only stands in for a
    # translation: in an alias, and in a translation that was begun and not published yet.
    text_language = models.CharField(max_length=12, default="", blank=True, editable=False)

    objects = SitePageManager()
    base_form_class = SitePageForm
    # Nothing of Wagtail's own search is kept (the editors' search asks the database): nothing follows a saved page.
    search_auto_update = False
    _restrictions: models.QuerySet[PageViewRestriction] | None = None

    class Meta:
        abstract = True

    # --- writing ------------------------------------------------------------------------------------------------
    def save(self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any) -> Any:
        """Save; a new page that is no alias is written in the language of its tree."""
        if not self.text_language or (self.pk is None and self.alias_of_id is None):
            if self.locale_id is None:
                self.locale = self.get_default_locale()
            self.text_language = self.locale.language_code
        return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a draft; once published it is a text in the language of its tree."""
        self.text_language = self.locale.language_code
        return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the page with the content of a revision; the slug of a translation is the original's, always."""
        page = super().with_content_json(content)
        original = self._original()
        if original is not None and original.pk != self.pk:
            page.slug = original.slug
            page.set_url_path(page.get_parent())
        return page

    def _original(self) -> Page | None:
        """Return the first page of the group, which decides on place and slug; None for a page that is not saved."""
        group = Page.objects.filter(translation_key=self.translation_key, alias_of=None)
        return group.only("slug", "path", "depth").order_by("pk").first()

    @property
    def is_original(self) -> bool:
        """Say whether this page is the first of its group: it alone decides on place and slug."""
        original = self._original()
        return self.alias_of_id is None and (original is None or original.pk == self.pk)

    def _check_slug_is_unique(self) -> None:
        """Refuse a slug that another page has in any language, or an address of the site.

        Wagtail calls this, under this name, whenever it cleans a page. Raises ValidationError.
        """
        super()._check_slug_is_unique()
        parent = self.get_parent()
        problem = self.slug_problem(self.slug, parent) if parent is not None and self.slug else None
        if problem:
            raise ValidationError({"slug": problem})

    def slug_problem(self, slug: str, parent: Page) -> str | None:
        """Return, as a sentence, why this page below `parent` cannot have `slug`; None if it can."""
        if parent.is_root():
            return None
        original = self._original() if self.pk and self.alias_of_id is None else None
        if original is not None and original.pk != self.pk and original.slug != slug:
            return _("The address is the same in every language; change it on the original page.")
        beside = Q(pk__in=[])
        for twin in Page.objects.filter(translation_key=parent.translation_key).exclude(pk=parent.pk):
            beside |= Q(path__startswith=twin.path, depth=twin.depth + 1)
        if Page.objects.filter(beside, slug=slug).exclude(translation_key=self.translation_key).exists():
            return _("Another page has this address in another language. Choose another slug.")
        if is_taken("/".join([*parent.url_path.strip("/").split("/")[1:], slug])):
            return _("The site itself uses this address. Choose another slug.")
        return None

    def update_aliases(self, **kwargs: Any) -> None:
        """Show the published text in the aliases there are, then put the group in order: the rest is made from it."""
        super().update_aliases(**kwargs)
        if self.alias_of_id is None:
            text_published.send(sender=type(self), instance=self)

    # --- reading ------------------------------------------------------------------------------------------------
    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of a path; one that is not published answers with the text of another language, if any."""
        if path_components or self.live:
            return super().route(request, path_components)
        if self.written_group().exists():
            return RouteResult(self)
        raise Http404

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return the restrictions of this page and those above it, in whatever language they were set.

        A text for some is for them in every language, also where it only stands in for a translation. Read once: the
        site and Wagtail both ask when they serve a page.
        """
        if self._restrictions is not None:
            return self._restrictions
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        keys = Page.objects.filter(path__in=paths).values("translation_key")
        restrictions: models.QuerySet[PageViewRestriction] = PageViewRestriction.objects.filter(
            page__translation_key__in=keys
        )
        self._restrictions = restrictions
        return restrictions

    def written_group(self) -> models.QuerySet[Any]:
        """Return this page and its translations, as far as they are written and live, the original first."""
        return type(self).objects.written().filter(translation_key=self.translation_key).order_by("pk")

    def shown_page(self, request: HttpRequest) -> Any:
        """Return the page whose text a reader of this address gets: this one, or the original that it stands in for."""
        if getattr(request, "is_preview", False) or self.alias_of_id:
            return self
        if self.live and self.text_language == self.locale.language_code:
            return self
        return self.written_group().first() or self

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the text to show (`shown`), its language, and the languages there are (for the language switch)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        shown = self.shown_page(request)
        languages = set(self.written_group().order_by().values_list("locale__language_code", flat=True))
        context["shown"] = shown
        context["content_languages"] = languages | (
            {self.locale.language_code} if shown.pk == self.pk and not self.alias_of_id else set()
        )
        context["original_language"] = shown.text_language
        context["is_stand_in"] = shown.text_language != self.locale.language_code
        context["original_language_name"] = language_name(shown.text_language)
        return context


HOME_DEPTH = 2


def site_page_types() -> list[Any]:
    """Return the page types of the site, those of all apps."""
    return [model for model in get_page_models() if issubclass(model, SitePageMixin)]


def is_taken(path: str) -> bool:
    """Say whether `/<lang>/<path>/` leads to something else than a page of the tree."""
    try:
        match = resolve(f"/{get_language() or settings.LANGUAGE_CODE}/{path}/")
    except Resolver404:
        return False
    return match.url_name != "wagtail_serve"
