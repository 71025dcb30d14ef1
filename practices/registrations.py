"""What the practices register with the lower layers when they are ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search source of the charts, their place in the navigation, related blocks and figures."""
    from platform_site.blocks import figures
    from platform_site.ui import navigation
    from practices.models import PracticeChart
    from practices.related import chart_itself, charts_in_country, charts_of_organisation
    from practices.selectors import chart_count, chart_country_count
    from practices.standard_form import text_names
    from search import registration, related

    registration.register(
        registration.Source(
            record_type="practice",
            model=PracticeChart,
            label=_("Practice charts"),
            names=("texts__name", "original_name"),
            texts=tuple(f"texts__{name}" for name in text_names() if name != "name"),
        )
    )
    navigation.register("practices", _("Practices"), "practices:practice_list", order=30)
    related.register("organisation", "practice", charts_of_organisation)
    related.register("country", "practice", charts_in_country)
    related.register("practice", "practice", chart_itself)
    figures.register("practices", _("practice charts"), chart_count)
    figures.register("practice_countries", _("countries with practice charts"), chart_country_count)
