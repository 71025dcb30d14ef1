"""What the library adds to Wagtail."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from library.dashboard import FilesPanel, LinksPanel
from library.models import InstrumentParty
from library.viewsets import LibraryGroup
from platform_site.records.permissions import register_model

register_snippet(LibraryGroup)
ACTIONS = ("add", "change", "delete", "view")
register_model(InstrumentParty, editors=ACTIONS, reviewers=ACTIONS)


@hooks.register("construct_homepage_panels", order=30)
def library_panels(request: Any, panels: list[Any]) -> None:
    """Add what the editors of the library look after."""
    panels += [FilesPanel(), LinksPanel()]
