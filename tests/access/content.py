"""The content that the access matrix is tried on: one of each kind, published, with the arguments of its addresses."""

from __future__ import annotations

from tests.factories import make_organisation, make_service


def argument_values() -> dict[str, str]:
    """Make the content and return the arguments for the routes that show it."""
    organisation = make_organisation(
        slug="matrix-organisation", services=[make_service("shelter", languages=["ro"], ages=["minor"])]
    )
    values = {
        "<language>/directory/<slug:slug>/|slug": organisation.slug,
        "<language>/directory/<slug:slug>/report/|slug": organisation.slug,
        "<language>/countries/<str:code>/|code": "IT",
    }
    return values
