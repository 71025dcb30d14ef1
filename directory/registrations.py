"""What the directory registers with the lower layers when it is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search sources of the directory's records."""
    from directory.models import Network, Organisation, Programme
    from search import registration

    registration.register(
        registration.Source(
            record_type="organisation",
            model=Organisation,
            label=_("Organisations"),
            names=("name", "short_name", "acronym", "native_name"),
            texts=("texts__description", "services__name"),
        )
    )
    registration.register(
        registration.Source("network", Network, _("Networks"), ("name", "full_name"), ("texts__description",))
    )
    registration.register(
        registration.Source("programme", Programme, _("Programmes"), ("name", "acronym"), ("texts__summary",))
    )
