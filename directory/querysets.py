"""Reading the directory: what each page fetches, in a number of queries that does not grow with the rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from platform_site.records.querysets import RecordQuerySet


class OrganisationQuerySet(RecordQuerySet[Any]):
    """Organisations, fetched as their readers need them. Start at `visible_to`."""

    def for_list(self) -> QuerySet[Any]:
        """Return them with what a row of a list shows: services with their terms, working languages, offices."""
        return self.prefetch_related("terms", "services__terms", "locations")

    def for_file(self) -> QuerySet[Any]:
        """Return them with what a line of the file has: also hotlines."""
        return self.for_list().prefetch_related("hotlines__terms")

    def for_entry(self) -> QuerySet[Any]:
        """Return them with everything that the entry shows of its own: also texts."""
        return self.for_file().prefetch_related("texts")


class NetworkQuerySet(RecordQuerySet[Any]):
    """Networks, with the organisations that the reader may see. Start at `visible_to`."""

    def with_members(self, user: Any) -> QuerySet[Any]:
        """Return them with `readable_memberships`: those of organisations that `user` may read, in their order."""
        from directory.models import NetworkMembership, Organisation

        readable = NetworkMembership.objects.filter(organisation__in=Organisation.objects.visible_to(user))
        rows = readable.select_related("organisation")
        return self.prefetch_related(Prefetch("memberships", rows, to_attr="readable_memberships"))


class ProgrammeQuerySet(RecordQuerySet[Any]):
    """Programmes. Start at `visible_to`."""

    def for_list(self) -> QuerySet[Any]:
        """Return them with what a row shows: countries and texts."""
        return self.prefetch_related("terms", "texts")

    def for_page(self) -> QuerySet[Any]:
        """Return them with what the page shows: also partners and linked records."""
        return self.for_list().prefetch_related("partners", "linked_records")


class ProcedureNoteQuerySet(RecordQuerySet[Any]):
    """Procedure notes. Start at `visible_to`."""

    def of_way(self, origin: int, destination: int) -> QuerySet[Any]:
        """Return the notes on the way between two countries (primary keys of terms), ready to be shown."""
        return self.filter(origin=origin, destination=destination).for_page().order_by("name")

    def for_page(self) -> QuerySet[Any]:
        """Return them with what a page shows: points and texts."""
        return self.prefetch_related("points", "texts")
