"""The content that the access matrix is tried on: one of each kind, published, with the arguments of its addresses."""

from __future__ import annotations

from directory.models import Network, Programme, ProgrammeText
from platform_site.records.services import publish_record
from tests.factories import make_chart, make_organisation, make_service

DIRECTORY = "<language>/directory/<slug:slug>/"
CHART = r"<language>/^practices/(?P<chart_no>[1-9][0-9]{0,5})/\Z"
CATEGORY = r"<language>/^practices/categories/(?P<code>[a-z])/\Z"


def argument_values() -> dict[str, str]:
    """Make the content and return the arguments of the routes that show it.

    Routes of the editors' screens get keys that no row has: what the matrix asks of them is who may come in.
    """
    organisation = make_organisation(
        slug="matrix-organisation", services=[make_service("shelter", languages=["ro"], ages=["minor"])]
    )
    chart = make_chart(organisations=[organisation])
    publish_record(record=Network(name="Matrix network", slug="matrix-network"))
    programme = Programme(name="Matrix programme", slug="matrix-programme")
    programme.texts = [ProgrammeText(language="en", is_original=True, summary="What it did.")]
    publish_record(record=programme)
    return {
        f"{DIRECTORY}|slug": organisation.slug,
        f"{DIRECTORY}report/|slug": organisation.slug,
        "<language>/countries/<slug:code>/|code": "IT",
        "<language>/networks/<slug:slug>/|slug": "matrix-network",
        "<language>/programmes/<slug:slug>/|slug": "matrix-programme",
        f"{CHART}|chart_no": str(chart.chart_no),
        f"{CATEGORY}|code": "a",
    }
