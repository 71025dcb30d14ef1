"""What the practices register with the lower layers when they are ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search source of the charts."""
    from practices.models import PracticeChart
    from practices.standard_form import text_names
    from search import registration

    registration.register(
        registration.Source(
            record_type="practice",
            model=PracticeChart,
            label=_("Practice charts"),
            names=("texts__name", "original_name"),
            texts=tuple(f"texts__{name}" for name in text_names() if name != "name"),
        )
    )
