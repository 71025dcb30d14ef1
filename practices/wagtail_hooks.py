"""What the practice charts and the case studies add to Wagtail."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from practices.cases.viewsets import CaseViewSet
from practices.viewsets import PracticeViewSet

register_snippet(PracticeViewSet)
register_snippet(CaseViewSet)
