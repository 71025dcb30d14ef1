"""What the home app registers with the lower layers when it is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search source of pages; a home page is where a search starts, not what it finds."""
    from platform_site.home.models import HomePage, PlainPage
    from search import registration

    registration.register(
        registration.Source("page", PlainPage, _("Pages"), names=("title",), texts=("intro", "body_text"))
    )
    registration.opt_out(HomePage, reason="It has a headline and computed lists, no text of its own to find.")
