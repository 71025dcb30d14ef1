"""The form in which editors write a page."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from platform_site.texts.forms import TypedTextForm


class SitePageForm(TypedTextForm, WagtailAdminPageForm):
    """Says at the slug what is wrong with it, and makes drafts.

    A draft is not validated as a whole before it is saved, so an address that cannot be became a server error.
    """

    def save(self, commit: bool = True) -> Any:
        """Return the page; a new one is a draft until the gate lets it pass (Wagtail's would be live at once)."""
        if self.instance.pk is None:
            self.instance.live = False
        return super().save(commit=commit)

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data with an error at the slug if the address cannot be."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        slug = cleaned.get("slug")
        if slug and "slug" not in self.errors:
            problem = self.instance.slug_problem(slug, self.parent_page)
            if problem:
                self.add_error("slug", problem)
        return cleaned
