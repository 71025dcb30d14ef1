"""The related blocks that other pages show of the case studies, and their figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from platform_site.vocabulary.store import vocabulary
from practices.cases.access import cases_of, shown_teller, visible_teller_pks
from practices.cases.catalogue import CaseCard, case_catalogue
from practices.cases.rows import listed_title
from search.related import RelatedBlock, RelatedItem


def cases_of_organisation(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the case studies that an organisation (by primary key) tells, as far as `user` may read both."""
    pk = int(subject_id) if subject_id.isdecimal() else 0
    if pk not in visible_teller_pks(user):
        return None
    found = cases_of(case_catalogue().by_organisation.get(pk, ()), user)
    slugs = [card.organisation.slug for card in found if card.organisation]
    return _block(found, user, limit, f"organisation={slugs[0]}") if slugs else None


def cases_with_country(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the case studies in which a country (by code) is involved, as far as `user` may read them."""
    found = cases_of(case_catalogue().by_country.get(subject_id, ()), user)
    return _block(found, user, limit, f"country={subject_id}")


def cases_of_pair(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the case studies in which both countries of a pair (codes: `DE-RO`) are involved."""
    by_country = case_catalogue().by_country
    origin, _sign, destination = subject_id.partition("-")
    others = set(by_country.get(destination, ()))
    found = cases_of([pk for pk in by_country.get(origin, ()) if pk in others], user)
    # The list of all cases joins countries with "or": no address of it gives these.
    return _block(found, user, limit, "")


def cases_of_tellers(organisations: Iterable[Any], user: Any, *, limit: int = 4) -> list[CaseCard]:
    """Return the case studies that any of `organisations` (which `user` may read) tells, by number."""
    by_organisation = case_catalogue().by_organisation
    pks = [pk for organisation in organisations for pk in by_organisation.get(organisation.pk, ())]
    return sorted(cases_of(dict.fromkeys(pks), user), key=lambda card: card.case_no)[:limit]


def case_count(user: Any) -> int:
    """Return how many case studies `user` may read."""
    return len(cases_of(case_catalogue().cards, user))


def facts_line(card: CaseCard, user: Any) -> str:
    """Return the line under a title: number, who tells it, the countries involved."""
    countries = vocabulary("countries")
    teller = shown_teller(card, user)
    return " · ".join(
        part
        for part in (
            _("Case %(number)s") % {"number": card.case_no},
            teller.name if teller else "",
            ", ".join(countries.label(code) for code in card.countries),
        )
        if part
    )


def case_lines(pks: Collection[int], user: Any) -> dict[int, RelatedItem]:
    """Return those of the case studies with these primary keys that `user` may read, as lines."""
    return {card.pk: _item(card, user) for card in cases_of(pks, user)}


def _item(card: CaseCard, user: Any) -> RelatedItem:
    return RelatedItem(
        kind="case",
        title=listed_title(card, user),
        url=card.url,
        facts=facts_line(card, user),
        country=card.country,
        language=card.language if card.language != (get_language() or "en") else "",
        audience=card.audience,
    )


def _block(found: Sequence[CaseCard], user: Any, limit: int, query: str) -> RelatedBlock | None:
    if not found:
        return None
    items = [_item(card, user) for card in found[:limit]]
    more = f"{reverse('practices:case_list')}?{query}" if query and len(found) > len(items) else ""
    return RelatedBlock(kind="case", heading=_("Case studies"), items=items, total=len(found), more_url=more)
