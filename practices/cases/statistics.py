"""Figures over case studies: how often each option of the template was chosen, by four ways of counting.

Each way has a base of its own, printed beside every figure:

- *case*: case studies with the option, of all case studies. Several answers are possible, so shares can add up to
  more than 100. Beside it stands how many have this option and no other one.
- *organisation*: organisations with at least one such case study, of all organisations that tell one.
- *tick*: ticks of the option, of all ticks of the group. Shares add up to 100.
- *pair*: different pairs of organisation and option, of all such pairs: an organisation with ten similar cases counts
  once. Shares add up to 100.

Nothing here asks who reads: the caller gives the case studies that the reader may see, and of each the organisation
only if the reader may see it. By organisation and pair, a case study without one is left out, and nothing says so:
the base is what the reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.cases.template import GROUPS, OptionGroup, Together, question_of

WAYS: dict[str, Any] = {
    "case": _("Case studies"),
    "organisation": _("Organisations"),
    "tick": _("Ticks"),
    "pair": _("Pairs"),
}


@dataclass(frozen=True)
class CountedCase:
    """What is counted of a case study: the primary key of its organisation (None: hidden), short codes by group."""

    organisation: int | None
    codes: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """One option: how many, of how many. `only` (by case) counts those with no other option; None where it is moot."""

    code: str
    label: str
    number: int
    base: int
    depth: int = 0
    only: int | None = None
    is_together: bool = False

    @property
    def share(self) -> float | None:
        """The share in percent; None without a base."""
        return 100 * self.number / self.base if self.base else None

    @property
    def only_share(self) -> float | None:
        """The share of those with no other option, in percent."""
        return 100 * self.only / self.base if self.base and self.only is not None else None


@dataclass(frozen=True)
class GroupFigures:
    """The figures of one group. `answered` is how many case studies say anything in it, of `cases`."""

    group: OptionGroup
    by: str
    base: int
    cases: int
    answered: int
    figures: tuple[Figure, ...]

    @property
    def question(self) -> int:
        """The number of the question that the group stands beside."""
        return question_of(self.group).number


def statistics(cases: Sequence[CountedCase], by: str) -> list[GroupFigures]:
    """Return the figures of every group of the template, counted `by` (a key of WAYS).

    Groups that printed templates do not ask are left out while nobody ticked anything. Raises KeyError for another way.
    """
    found = [group_figures(cases, group, by) for group in GROUPS]
    return [figures for figures in found if figures.answered or not figures.group.is_extra]


def group_figures(cases: Sequence[CountedCase], group: OptionGroup, by: str) -> GroupFigures:
    """Return the figures of one group; most chosen options first, narrower ones behind the one that includes them."""
    counted = _units(cases, group, by)
    base = counted.base
    rows = [
        Figure(
            code=entry.short_code,
            label=entry.label(),
            number=counted.number(_below(group, entry.code)),
            base=base,
            depth=len(group.options.with_ancestors(entry.code)) - 1,
            only=counted.only(_below(group, entry.code)),
        )
        for entry in group.options
        if not entry.retired or counted.number(_below(group, entry.code))
    ]
    return GroupFigures(
        group=group,
        by=by,
        base=base,
        cases=len(cases),
        answered=sum(1 for case in cases if case.codes.get(group.key)),
        figures=(*_ordered(rows, group), *(_together(one, group, counted) for one in group.together)),
    )


@dataclass(frozen=True)
class _Units:
    """What is counted: each unit with the codes that it has; `base` of them or of their codes."""

    by: str
    units: tuple[frozenset[str], ...]
    base: int

    def number(self, codes: frozenset[str]) -> int:
        """Return how many units (or codes of units) fall under any of `codes`."""
        if self.by in ("case", "organisation"):
            return sum(1 for unit in self.units if unit & codes)
        return sum(len(unit & codes) for unit in self.units)

    def only(self, codes: frozenset[str]) -> int | None:
        """Return how many units have one of `codes` and nothing else."""
        return sum(1 for unit in self.units if unit and unit <= codes) if self.by == "case" else None


def _units(cases: Iterable[CountedCase], group: OptionGroup, by: str) -> _Units:
    if by not in WAYS:
        raise KeyError(by)
    if by in ("case", "tick"):
        units = tuple(frozenset(case.codes.get(group.key, ())) for case in cases)
    else:
        told: dict[int, set[str]] = {}
        for case in cases:
            if case.organisation is not None:
                told.setdefault(case.organisation, set()).update(case.codes.get(group.key, ()))
        units = tuple(frozenset(codes) for codes in told.values())
    base = len(units) if by in ("case", "organisation") else sum(len(unit) for unit in units)
    return _Units(by, units, base)


def _below(group: OptionGroup, code: str) -> frozenset[str]:
    options = group.options
    return frozenset(options[found].short_code for found in options.with_descendants(code))


def _together(one: Together, group: OptionGroup, counted: _Units) -> Figure:
    codes = frozenset(entry.short_code for entry in group.options) - one.but
    return Figure(
        one.key, str(one.label), counted.number(codes), counted.base, only=counted.only(codes), is_together=True
    )


def _ordered(rows: Sequence[Figure], group: OptionGroup) -> Iterator[Figure]:
    """Yield the rows of the top by number, each followed by those below it."""
    options = group.options
    known = {row.code: row for row in rows}

    def below(parent: str) -> Iterator[Figure]:
        children = [known[entry.short_code] for entry in options.children(parent) if entry.short_code in known]
        for row in sorted(children, key=lambda row: -row.number):
            yield row
            yield from below(group.code_of(row.code))

    yield from below("")
