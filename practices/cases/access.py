"""What a reader may see of the case studies, and of the organisations that tell them.

A case study for everybody may be told by an organisation that only members may know of: then its name is left out
wherever the case study is shown, and figures by organisation leave the case study out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.models import Organisation
from platform_site.listing.kept import Kept
from practices.access import kept_by
from practices.cases.catalogue import CaseCard, case_catalogue, case_token
from practices.catalogue import OrganisationName

kept_by_reader = kept_by(Kept(case_token))


@kept_by_reader
def visible_teller_pks(user: Any) -> frozenset[int]:
    """Return the primary keys of the organisations that tell a case study and that `user` may read."""
    readable = Organisation.objects.visible_to(user).filter(case_studies__isnull=False)
    return frozenset(readable.values_list("pk", flat=True))


def shown_teller(card: CaseCard, user: Any) -> OrganisationName | None:
    """Return the organisation that tells a case study; None if `user` may not read it."""
    organisation = card.organisation
    return organisation if organisation and organisation.pk in visible_teller_pks(user) else None


def readable_teller(case: Any, user: Any) -> Any | None:
    """Return the organisation of a case study (a record, drafts included); None if `user` may not read it."""
    if case.organisation_id is None:
        return None
    readable = Organisation.objects.visible_to(user).filter(pk=case.organisation_id)
    return case.organisation if readable.exists() else None


def visible_cases(user: Any) -> list[CaseCard]:
    """Return the published case studies that `user` may read, in the order of their numbers."""
    return cases_of(case_catalogue().cards, user)


def cases_of(pks: Iterable[int], user: Any) -> list[CaseCard]:
    """Return those of the case studies with these primary keys that `user` may read, in the order given."""
    from practices.cases.filters import CASES

    wanted = list(pks)
    if not wanted:
        return []
    index = CASES.index()
    readable = frozenset(index.in_order(index.mask_of(wanted) & CASES.visible(user), "number"))
    cards = case_catalogue().cards
    return [cards[pk] for pk in wanted if pk in readable and pk in cards]
