"""What the practices register with the lower layers when they are ready: charts and case studies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search sources, the places in the navigation, related blocks and figures."""
    _register_charts()
    _register_cases()


def _register_charts() -> None:
    from directory.models import Organisation
    from platform_site.blocks import figures
    from platform_site.ui import navigation
    from practices.models import FundingShare, PracticeChart, PracticeOrganisation, PracticeTerm, PracticeText
    from practices.related import (
        chart_itself,
        chart_lines,
        charts_in_country,
        charts_of_organisation,
        charts_of_pair,
    )
    from practices.search_documents import practice_documents
    from practices.selectors import chart_count, chart_country_count
    from practices.standard_form import text_names
    from search import registration, related
    from search.building import belonging_to, naming, published_pks

    registration.register(
        registration.Source(
            record_type="practice",
            model=PracticeChart,
            label=_("Practice charts"),
            names=("texts__name", "original_name"),
            texts=tuple(f"texts__{name}" for name in text_names() if name != "name"),
            published=published_pks(PracticeChart),
            documents=practice_documents,
            follows={
                PracticeText: belonging_to("record_id"),
                PracticeTerm: belonging_to("owner_id"),
                PracticeOrganisation: belonging_to("chart_id"),
                FundingShare: belonging_to("chart_id"),
                Organisation: naming(PracticeOrganisation, "organisation", "chart"),
            },
        )
    )
    navigation.register("practices", _("Practices"), "practices:practice_list", order=30)
    related.register("organisation", "practice", charts_of_organisation)
    related.register("country", "practice", charts_in_country)
    related.register("country_pair", "practice", charts_of_pair)
    related.register("practice_number", "practice", chart_itself)
    related.register_lines("practice", chart_lines)
    figures.register("practices", _("practice charts"), chart_count)
    figures.register("practice_countries", _("countries with practice charts"), chart_country_count)


def _register_cases() -> None:
    from directory.models import Organisation
    from platform_site.blocks import figures
    from platform_site.ui import navigation
    from practices.cases.related import case_count, case_lines, cases_of_organisation, cases_of_pair, cases_with_country
    from practices.cases.template import ANSWERS, OTHERS
    from practices.models import CaseStep, CaseStudy, CaseTerm, CaseText, CaseTheme
    from practices.search_documents import case_documents
    from search import registration, related
    from search.building import belonging_to, naming, published_pks

    registration.register(
        registration.Source(
            record_type="case",
            model=CaseStudy,
            label=_("Case studies"),
            names=("texts__title",),
            texts=(
                *(f"texts__{name}" for name in (*OTHERS, *(question.name for question in ANSWERS))),
                "steps__heading",
                "steps__text",
            ),
            published=published_pks(CaseStudy),
            documents=case_documents,
            follows={
                CaseText: belonging_to("record_id"),
                CaseTerm: belonging_to("owner_id"),
                CaseTheme: belonging_to("case_id"),
                CaseStep: belonging_to("case_id"),
                Organisation: naming(CaseStudy, "organisation", "pk"),
            },
        )
    )
    navigation.register("cases", _("Case studies"), "practices:case_list", order=40)
    related.register("organisation", "case", cases_of_organisation)
    related.register("country", "case", cases_with_country)
    related.register("country_pair", "case", cases_of_pair)
    related.register_lines("case", case_lines)
    figures.register("cases", _("case studies"), case_count)
