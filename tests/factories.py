"""The one set of factories. They make what a test needs through the project's own services, with free defaults."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.contrib.auth.models import Group

from directory.models import Location, Network, NetworkMembership, Organisation, OrganisationText, Service
from platform_site.accounts import roles
from platform_site.accounts.models import User
from platform_site.records.services import publish_record, save_draft
from platform_site.vocabulary.store import term_id
from practices.cases.template import GROUP_BY_KEY
from practices.models import (
    CaseStep,
    CaseStudy,
    CaseText,
    CaseTheme,
    FundingShare,
    PracticeChart,
    PracticeOrganisation,
    PracticeText,
)

_numbers = itertools.count(1)
# Far from the numbers that tests write themselves: a chart's number is unique.
_chart_numbers = itertools.count(1001)

ROLES = ("anonymous", "registered", "member", "editor", "reviewer", "administrator")
# Who works in the editors' screens. Where a test draws all of them: those with the fewest and the most buttons in every
# run, those between with the long suites.
SCREEN_ROLES = ("editor", "administrator", pytest.param("reviewer", marks=pytest.mark.long))
GROUP_OF_ROLE = {"member": roles.MEMBERS, "editor": roles.EDITORS, "reviewer": roles.REVIEWERS}
PASSWORD = "correct horse battery staple"


def make_user(role: str = "registered", **fields: Any) -> User:
    """Return a saved account with the role; e-mail unique unless given. Raises KeyError for an unknown role."""
    if role not in ROLES[1:]:
        raise KeyError(role)
    fields.setdefault("email", f"{role}-{next(_numbers)}@example.org")
    fields.setdefault("name", role.capitalize())
    if role == "administrator":
        return User.objects.create_superuser(password=PASSWORD, **fields)
    user = User.objects.create_user(password=PASSWORD, **fields)
    if role in GROUP_OF_ROLE:
        user.groups.add(Group.objects.get_or_create(name=GROUP_OF_ROLE[role])[0])
    return user


def make_service(service_type: str = "legal_information", **values: Any) -> Service:
    """Return an unsaved service row. Codes by the names of their lists (`languages=["ro"]`), facts as fields."""
    codes = {name: values.pop(name) for name in Service.term_lists if name in values}
    service = Service(service_type_id=term_id("service_types", service_type), **values)
    for name, wanted in codes.items():
        service.set_codes(name, wanted)
    return service


def build_organisation(
    *,
    country: str = "IT",
    kind: str = "ngo",
    services: list[Service] | None = None,
    city: str = "",
    description: str = "Works with people who were exploited.",
    language: str = "en",
    membership: str = "",
    **values: Any,
) -> Organisation:
    """Return an unsaved organisation with its parts."""
    number = next(_numbers)
    values.setdefault("name", f"Organisation {number}")
    values.setdefault("slug", f"organisation-{number}")
    codes = {name: values.pop(name) for name in Organisation.term_lists if name in values}
    organisation = Organisation(
        country_id=term_id("countries", country), organisation_type_id=term_id("organisation_types", kind), **values
    )
    if membership:
        organisation.membership_status_id = term_id("membership_statuses", membership)
    organisation.texts = (
        [OrganisationText(language=language, is_original=True, description=description)] if description else []
    )
    for number, service in enumerate(services or []):
        service.sort_order = number
    organisation.services = services or []
    if city:
        organisation.locations = [Location(city=city)]
    for name, wanted in codes.items():
        organisation.set_codes(name, wanted)
    return organisation


def make_organisation(**values: Any) -> Organisation:
    """Return a published organisation (see `build_organisation`)."""
    published: Organisation = publish_record(record=build_organisation(**values))
    return published


def make_draft_organisation(*, author: User | None = None, **values: Any) -> Organisation:
    """Return an organisation that was never published, saved as a draft by `author`."""
    organisation = build_organisation(**values)
    save_draft(record=organisation, user=author)
    return organisation


def make_network(name: str, members: list[Organisation], **values: Any) -> Network:
    """Return a published network with these members."""
    slug = name.lower().replace(" ", "-")
    network = Network(name=name, slug=slug, kind_id=term_id("network_kinds", "network"), **values)
    network.memberships = [
        NetworkMembership(organisation=member, sort_order=number) for number, member in enumerate(members)
    ]
    published: Network = publish_record(record=network)
    return published


# What every chart on the standard form has: enough to pass the publish gate.
CHART_TEXT = {
    "period": "Since 2015",
    "area": "The whole country",
    "background": "Young people leave for work without knowing what waits for them.",
    "objectives": "- Tell them before they go",
    "activities": "Evenings in youth clubs, with people who came back.",
    "methods": "- Talks\n- Role play",
    "resources_human": "- One coordinator\n- Two volunteers",
    "results": "More of them ring before they sign a contract.",
    "strengths": "- Those who talk have been there",
    "transferability": "Any town with a youth club can do it.",
}


def build_chart(
    *,
    organisations: list[Organisation] | None = None,
    country: str = "IT",
    categories: str = "A",
    typologies: tuple[str, ...] = ("awareness_public",),
    targets: tuple[str, ...] = ("potential_victims",),
    levels: tuple[str, ...] = ("national",),
    language: str = "en",
    name: str = "",
    text: dict[str, str] | None = None,
    translations: dict[str, dict[str, str]] | None = None,
    funding: list[tuple[str, str, float | None]] | None = None,
    **values: Any,
) -> PracticeChart:
    """Return an unsaved chart that is complete. `funding` are source, kind ("" for none) and share (None: not told).

    Texts of `translations` (language to fields) come beside the original; further lists of terms by their names.
    """
    number = next(_numbers)
    codes = {name: values.pop(name) for name in PracticeChart.term_lists if name in values}
    codes |= {
        "practice_categories": list(categories),
        "practice_typologies": list(typologies),
        "target_groups": list(targets),
        "levels": list(levels),
    }
    values.setdefault("start", "2015")
    values.setdefault("chart_no", next(_chart_numbers))
    chart = PracticeChart(country_id=term_id("countries", country), **values)
    original = {"name": name or f"Practice {number}", **CHART_TEXT, **(text or {})}
    chart.texts = [
        PracticeText(language=language, is_original=True, **original),
        *(PracticeText(language=code, **{"name": "", **fields}) for code, fields in (translations or {}).items()),
    ]
    chart.organisations = [
        PracticeOrganisation(organisation=organisation, sort_order=place)
        for place, organisation in enumerate(organisations if organisations is not None else [make_organisation()])
    ]
    chart.funding = [
        FundingShare(
            source=source,
            source_kind_id=term_id("funding_source_kinds", kind) if kind else None,
            share=share,
            sort_order=place,
        )
        for place, (source, kind, share) in enumerate(funding or [])
    ]
    for list_name, wanted in codes.items():
        chart.set_codes(list_name, wanted)
    return chart


def make_chart(**values: Any) -> PracticeChart:
    """Return a published chart (see `build_chart`)."""
    published: PracticeChart = publish_record(record=build_chart(**values))
    return published


def make_draft_chart(*, author: User | None = None, **values: Any) -> PracticeChart:
    """Return a chart that was never published, saved as a draft by `author`."""
    chart = build_chart(**values)
    save_draft(record=chart, user=author)
    return chart


# What every case study has: enough to pass the publish gate.
CASE_TEXT = {
    "answer_1": "A woman wished to go home; two organisations planned it together.",
    "answer_4": "- She had no papers\n- The consulate was far away",
    "answer_6": "The partner rang the consulate every day until the papers came.",
}
_case_numbers = itertools.count(1001)


def build_case(
    *,
    organisation: Organisation | None = None,
    country: str = "DE",
    countries: tuple[str, ...] = ("RO",),
    cooperation: tuple[str, ...] = ("assisted_return",),
    ticks: dict[str, tuple[str, ...]] | None = None,
    themes: dict[str, tuple[str, ...]] | None = None,
    steps: list[tuple[str, str, str]] | None = None,
    language: str = "en",
    title: str = "",
    text: dict[str, str] | None = None,
    translations: dict[str, dict[str, str]] | None = None,
    **values: Any,
) -> CaseStudy:
    """Return an unsaved case study that is complete. `ticks` and `themes` are short codes by key of their group.

    `themes` are said in answer 4. `steps` are country ("" for both), heading and text in the original language.
    """
    values.setdefault("case_no", next(_case_numbers))
    values.setdefault("consent_kind", "published")
    values.setdefault("consent_scope", "public")
    values.setdefault("organisation", organisation or make_organisation())
    case = CaseStudy(country_id=term_id("countries", country), **values)
    case.texts = [
        CaseText(language=language, is_original=True, title=title, **{**CASE_TEXT, **(text or {})}),
        *(CaseText(language=code, **fields) for code, fields in (translations or {}).items()),
    ]
    case.set_codes("countries", countries)
    for key, codes in {"cooperation": cooperation, **(ticks or {})}.items():
        group = GROUP_BY_KEY[key]
        case.set_codes(group.list_name, [group.code_of(code) for code in codes])
    coded = [GROUP_BY_KEY[key].code_of(code) for key, codes in (themes or {}).items() for code in codes]
    case.themes = [
        CaseTheme(term_id=term_id("case_themes", code), answers="4", sort_order=n) for n, code in enumerate(coded)
    ]
    case.steps = [
        CaseStep(
            language=language,
            country_id=term_id("countries", where) if where else None,
            heading=heading,
            text=words,
            sort_order=n,
        )
        for n, (where, heading, words) in enumerate(steps or [])
    ]
    return case


def make_case(**values: Any) -> CaseStudy:
    """Return a published case study (see `build_case`)."""
    published: CaseStudy = publish_record(record=build_case(**values))
    return published


def make_draft_case(*, author: User | None = None, **values: Any) -> CaseStudy:
    """Return a case study that was never published, saved as a draft by `author`."""
    case = build_case(**values)
    save_draft(record=case, user=author)
    return case


def home_page(language: str = "en") -> Any:
    """Return the home page of a language."""
    from platform_site.home.models import HomePage

    return HomePage.objects.get(locale__language_code=language)


def make_page(
    title: str = "", *, parent: Any = None, language: str = "en", text: str = "Some words.", **values: Any
) -> Any:
    """Return a published plain page below `parent` (default: the home page of `language`)."""
    from platform_site.home.models import PlainPage

    page = make_draft_page(title, parent=parent, language=language, text=text, **values)
    page.latest_revision.publish()
    return PlainPage.objects.get(pk=page.pk)


def make_draft_page(
    title: str = "",
    *,
    parent: Any = None,
    language: str = "en",
    text: str = "Some words.",
    author: User | None = None,
    **values: Any,
) -> Any:
    """Return a plain page that was never published, saved by `author`."""
    from platform_site.home.models import PlainPage

    number = next(_numbers)
    values.setdefault("slug", f"page-{number}")
    values.setdefault("body", [("text", text)])
    page = PlainPage(title=title or f"Page {number}", live=False, **values)
    (parent or home_page(language)).add_child(instance=page)
    page.save_revision(user=author)
    return page
