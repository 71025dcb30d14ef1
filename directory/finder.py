"""The finder: country of need, service, language, who needs help; a plain form that leads to the list.

Its one field of its own, `who`, stands for several filters (women: female and adult); the list turns it into them, so
that every address that is shared speaks the language of the filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.filters import BY_NAME, ORGANISATIONS
from directory.forms import LONGEST_SITUATION
from platform_site.listing.facets import Option
from platform_site.listing.kept import Kept

WHO = "who"
# Value of `who` to its words and its filters.
PEOPLE: dict[str, tuple[Any, tuple[tuple[str, str], ...]]] = {
    "women": (gettext_lazy("Women"), (("gender", "female"), ("age", "adult"))),
    "men": (gettext_lazy("Men"), (("gender", "male"), ("age", "adult"))),
    "minors": (gettext_lazy("Minors"), (("age", "minor"),)),
    "transgender": (gettext_lazy("Transgender people"), (("gender", "transgender"),)),
}
# Ways in for those who think in tasks: words and the service they lead to.
TASKS: tuple[tuple[Any, str], ...] = (
    (gettext_lazy("Assisted return"), "assisted_return"),
    (gettext_lazy("Meet at the airport"), "airport_reception"),
    (gettext_lazy("Travel documents"), "documents"),
    (gettext_lazy("Support in court"), "criminal_proceedings_support"),
    (gettext_lazy("Find the family"), "family_tracing"),
)


@dataclass(frozen=True)
class FinderOption:
    """A value of a field; `level` is how far it stands below the group."""

    value: str
    label: str
    level: int = 0


@dataclass(frozen=True)
class FinderField:
    """One select of the finder: its parameter, its label, what its empty value says, its options."""

    name: str
    label: str
    any_label: str
    options: list[FinderOption]


_kept = Kept(ORGANISATIONS.token)


def without_finder(query: QueryDict) -> list[tuple[str, str]]:
    """Return a query without the finder's own words: `who` as filters, empty fields gone, each pair once."""
    pairs: list[tuple[str, str]] = []
    for name, values in query.lists():
        for value in values:
            if name != WHO:
                pairs.append((name, value))
            elif value in PEOPLE:
                pairs += PEOPLE[value][1]
            else:
                # Kept under the name of a filter, so that the list can say that it does not know the value.
                pairs.append(("target", value))
    return list(dict.fromkeys((name, value) for name, value in pairs if value.strip()))


def finder_html(user: Any, *, brief: bool = False) -> SafeString:
    """Return the finder for a reader, in the active language; drawn once as long as nothing changes.

    The `brief` one offers the groups of services only: on the list the filters beside it have the single ones.
    """
    return _kept.value(user, brief, lambda: _drawn(finder_fields(user, brief=brief), brief=brief))


def _drawn(fields: list[FinderField], *, brief: bool) -> SafeString:
    action = reverse("directory:organisation_list")
    tasks = [(label, f"{action}?service={service}") for label, service in TASKS]
    context = {
        "action": action,
        "fields": fields,
        "tasks": tasks,
        "brief": brief,
        "longest_situation": LONGEST_SITUATION,
    }
    html = render_to_string("directory/finder.html", context)
    # Safe stays safe: the template has escaped its values, and only spaces between tags are taken out.
    return SafeString(strip_spaces_between_tags(html))


def finder_fields(user: Any, *, brief: bool = False) -> list[FinderField]:
    """Return the fields with the values that lead to at least one organisation which `user` may read."""
    counts = ORGANISATIONS.counts(user)

    def leading(name: str) -> list[Option]:
        return [option for option in BY_NAME[name].options() if counts.get(name, {}).get(option.value)]

    people = [FinderOption(value, str(label)) for value, (label, _filters) in PEOPLE.items()]
    return [
        FinderField("country", _("Country"), _("Any country"), _plain(leading("country"))),
        FinderField("service", _("Service"), _("Any service"), _nested(leading("service"), brief)),
        FinderField("language", _("Language"), _("Any language"), _plain(leading("language"))),
        FinderField(WHO, _("Who needs help"), _("Anybody"), people),
    ]


def _plain(options: list[Option]) -> list[FinderOption]:
    return [FinderOption(option.value, option.label) for option in options]


def _nested(options: list[Option], brief: bool) -> list[FinderOption]:
    known = {option.value for option in options}
    nested = [FinderOption(option.value, option.label, level=int(option.parent in known)) for option in options]
    return [option for option in nested if not (brief and option.level)]
