"""What the search adds to Wagtail."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from search.viewsets import GlossaryGroup

register_snippet(GlossaryGroup)
