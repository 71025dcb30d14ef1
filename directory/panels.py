"""The editors' forms of the directory, grouped as an entry is read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TitleFieldPanel,
)

from directory.models import ProgrammeLink, Service
from platform_site.records.forms_links import links_panel
from platform_site.records.panels import (
    OptionalLanguageSelect,
    PartsPanel,
    SiteLanguageSelect,
    TermsPanel,
    formatted_panel,
    texts_panel,
)
from platform_site.records.registry import record_for_reference


def organisation_tabs() -> list[Any]:
    """Return the tabs of an organisation."""
    return [
        ObjectList(_facts(), heading=_("Facts")),
        ObjectList([texts_panel([formatted_panel("description")], label=_("Description"))], heading=_("Texts")),
        ObjectList(_services(), heading=_("Services")),
        ObjectList(_hotlines(), heading=_("Hotlines")),
        ObjectList(_offices(), heading=_("Office")),
        ObjectList(_membership(), heading=_("Membership")),
    ]


def _facts() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                TitleFieldPanel("name", classname="", targets=["slug"], required_on_save=True),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("acronym")]),
                FieldRowPanel(
                    [FieldPanel("native_name"), FieldPanel("native_language", widget=OptionalLanguageSelect)]
                ),
                FieldPanel("slug"),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("organisation_type"),
                FieldPanel("country"),
                FieldPanel("founded"),
                TermsPanel("countries", heading=_("Other countries of work")),
                TermsPanel("languages", heading=_("Working languages")),
            ],
            heading=_("What and where"),
        ),
        MultiFieldPanel([FieldPanel("website"), FieldPanel("logo")], heading=_("On the web")),
    ]


def _services() -> list[Any]:
    return [
        HelpPanel(
            content="",
            template="directory/admin/services_help.html",
            heading=_("How services are read"),
        ),
        FieldPanel("words_language", widget=SiteLanguageSelect),
        PartsPanel(
            "services",
            [
                FieldRowPanel([FieldPanel("service_type"), FieldPanel("name")]),
                FieldRowPanel([FieldPanel("region"), FieldPanel("accommodation")]),
                FieldRowPanel([TermsPanel("genders"), TermsPanel("ages")]),
                FieldRowPanel([TermsPanel("target_groups"), TermsPanel("exploitation_types")]),
                FieldRowPanel(
                    [
                        TermsPanel("languages", heading=_("Languages in which it is regularly given")),
                        TermsPanel("countries", heading=_("Countries served, if not the organisation's own")),
                    ]
                ),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("referral_needed")]),
                FieldRowPanel([FieldPanel("residence_status"), FieldPanel("cooperation_required")]),
                FieldRowPanel([FieldPanel("identification_required"), FieldPanel("official_mandate")]),
                FieldRowPanel([FieldPanel("longest_duration"), FieldPanel("hours")]),
                FieldPanel("conditions"),
                FieldRowPanel([FieldPanel("capacity_state"), FieldPanel("capacity_as_of")]),
                FieldPanel("capacity_note"),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("evidence")]),
            ],
            heading=_("Services"),
            label=_("Service"),
            row_name=_service_name,
            closed=True,
        ),
    ]


def _service_name(service: Service) -> str:
    """Return what an editor finds a row by: what kind of service it is, and its short label."""
    kind = service.type_entry
    words = [kind.label() if kind else "", service.name]
    return " \u2013 ".join(word for word in words if word)


def _hotlines() -> list[Any]:
    return [
        PartsPanel(
            "hotlines",
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("free")]),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("time_zone")]),
                TermsPanel("languages", heading=_("Languages spoken")),
                TermsPanel("countries", heading=_("Countries covered")),
                TermsPanel("target_groups", heading=_("Who may call")),
                FieldPanel("evidence"),
            ],
            heading=_("Hotlines"),
            label=_("Hotline"),
        )
    ]


def _offices() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("office_phone"), FieldPanel("office_fax")]),
                FieldPanel("office_email"),
                FieldPanel("office_public"),
            ],
            heading=_("Reaching the office"),
        ),
        PartsPanel(
            "locations",
            [
                FieldRowPanel([FieldPanel("city"), FieldPanel("address")]),
                FieldRowPanel([FieldPanel("shown"), FieldPanel("public")]),
            ],
            heading=_("Offices. Never a place where people are sheltered"),
            label=_("Office"),
        ),
    ]


def _membership() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("membership_status"), FieldPanel("member_since")]),
                FieldPanel("project_role"),
            ],
            heading=_("Membership"),
        ),
        FieldPanel(
            "confirmed_on",
            read_only=True,
            help_text=_('Set with the button "Confirm today", when the organisation says that the entry is true.'),
        ),
    ]


class ReportPanel(Panel):
    """What a reader reported, with the way to the entry."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one report."""

        template_name = "directory/admin/report_record.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the context: the entry may be renamed or gone by now, its name when it was reported is left."""
            record = record_for_reference(self.instance.record_reference)
            return {
                **super().get_context_data(parent_context),
                "record_name": str(record) if record else self.instance.record_name,
                "former_name": self.instance.record_name if record and str(record) != self.instance.record_name else "",
                "edit_url": AdminURLFinder(self.request.user).get_edit_url(record) if record else None,
                "public_url": record.get_absolute_url() if record and record.live else "",
            }


def network_tabs() -> list[Any]:
    """Return the tabs of a network."""
    return [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("name", classname="", targets=["slug"], required_on_save=True),
                        FieldPanel("full_name"),
                        FieldPanel("slug"),
                        FieldRowPanel([FieldPanel("kind"), FieldPanel("website")]),
                    ],
                    heading=_("Network"),
                ),
                texts_panel([formatted_panel("description")], label=_("Description")),
            ],
            heading=_("Facts and texts"),
        ),
        ObjectList(
            [
                PartsPanel(
                    "memberships",
                    [FieldPanel("organisation")],
                    heading=_("Who belongs to it"),
                    label=_("Organisation"),
                ),
                FieldPanel("members_unstated"),
            ],
            heading=_("Members"),
        ),
    ]


def programme_tabs() -> list[Any]:
    """Return the tabs of a programme."""
    return [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("name", classname="", targets=["slug"], required_on_save=True),
                        FieldRowPanel([FieldPanel("acronym"), FieldPanel("kind")]),
                        FieldPanel("slug"),
                        FieldRowPanel([FieldPanel("start"), FieldPanel("end")], heading=_("Period")),
                        TermsPanel("countries"),
                        FieldPanel("funder"),
                        FieldPanel("evidence"),
                    ],
                    heading=_("Programme"),
                ),
            ],
            heading=_("Facts"),
        ),
        ObjectList(
            [texts_panel([formatted_panel("summary"), formatted_panel("outputs")], label=_("Summary and outputs"))],
            heading=_("Texts"),
        ),
        ObjectList(
            [
                PartsPanel(
                    "partners",
                    [FieldPanel("role"), FieldPanel("organisation"), FieldPanel("printed_name")],
                    heading=_("Coordinator and partners"),
                    label=_("Partner"),
                )
            ],
            heading=_("Partners"),
        ),
        ObjectList(
            [links_panel("linked_records", heading=_("Linked records"), rows=ProgrammeLink)],
            heading=_("Linked records"),
        ),
    ]
