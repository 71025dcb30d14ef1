"""What the practice charts add to Wagtail."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from practices.viewsets import PracticeViewSet

register_snippet(PracticeViewSet)
