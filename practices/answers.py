"""The answers of a chart, field by field, as page, print and comparison show them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from platform_site.texts.formatted import plain, to_list
from platform_site.texts.languages import other_language
from platform_site.texts.partial_dates import date_words
from platform_site.vocabulary.store import Entry
from practices.access import shown_organisations
from practices.contacts import contact_lines
from practices.standard_form import FIELDS, NumberedField, Part
from practices.years import running_words


@dataclass(frozen=True)
class FundingLine:
    """A source of money as the funding bar takes it: `share` in percent or None, `kind` where the chart says it."""

    label: str
    share: Decimal | None
    kind: Entry | None


@dataclass(frozen=True)
class PartAnswer:
    """The answer to one part. `value` is what the template of the part's kind draws; empty means: not stated.

    `printed` is the wording beside terms, as items. `same_as` is what a comparison compares: codes for terms, words
    for texts. `lang` is the language of the wording where it is not the reader's. `stands_in`: the text that is shown
    has no answer, so the wording is that of another language and says which.
    """

    field: NumberedField
    part: Part
    value: Any
    printed: Sequence[str] = ()
    same_as: Hashable = ""
    lang: str = ""
    stands_in: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether there is an answer."""
        return bool(self.value or self.printed)

    @property
    def label(self) -> Any:
        """The words for the part."""
        return self.field.part_label(self.part)

    @property
    def has_kinds(self) -> bool:
        """Whether any source of money says of which kind it is."""
        return any(line.kind for line in self.value)

    @property
    def template(self) -> str:
        """The template that draws the value."""
        return f"practices/parts/{self.part.kind}.html"


@dataclass(frozen=True)
class FieldAnswer:
    """The answers to one numbered field."""

    field: NumberedField
    parts: tuple[PartAnswer, ...]

    @property
    def is_stated(self) -> bool:
        """Whether any part has an answer."""
        return any(part.is_stated for part in self.parts)

    @property
    def labelled(self) -> bool:
        """Whether the parts need labels of their own: there are several."""
        return len(self.parts) > 1

    @property
    def unstated(self) -> list[PartAnswer]:
        """The parts that nobody answered."""
        return [answer for answer in self.parts if not answer.is_stated and not answer.part.is_extra]

    @property
    def shown(self) -> list[PartAnswer]:
        """The parts that a page shows: all but empty extras."""
        return [answer for answer in self.parts if answer.is_stated or not answer.part.is_extra]

    def __getitem__(self, key: str) -> PartAnswer:
        """Return the answer to the part `key`: templates name parts by it. Raises KeyError for another one."""
        for answer in self.parts:
            if answer.part.key == key:
                return answer
        raise KeyError(key)


def answers(chart: Any, text: Any, user: Any) -> list[FieldAnswer]:
    """Return the answers of `chart` with the text row `text` (None: no prose), as `user` may read them."""
    return [
        FieldAnswer(field, tuple(answer(chart, text, field, part, user) for part in field.parts)) for field in FIELDS
    ]


def answer(chart: Any, text: Any, field: NumberedField, part: Part, user: Any) -> PartAnswer:
    """Return the answer to one part; what the text `text` does not say, the original or another language does."""
    if part.kind == "terms":
        return _terms(chart, text, field, part)
    if part.kind == "organisations":
        found = shown_organisations(chart, user)
        return PartAnswer(field, part, found, same_as=frozenset(organisation.pk for organisation in found))
    if part.kind == "funding":
        lines = funding_lines(chart)
        shares = frozenset((line.label.casefold(), line.kind and line.kind.code, line.share) for line in lines)
        return PartAnswer(field, part, lines, same_as=shares, lang=other_language(chart.original_language))
    if part.kind == "contact":
        contact = contact_lines(chart, user)
        return PartAnswer(field, part, contact, same_as=tuple(line.text for line in contact))
    if part.kind == "term":
        entry: Entry | None = getattr(chart, f"{part.name}_entry")
        return PartAnswer(field, part, entry, same_as=entry.code if entry else "")
    said = chart.text_saying(part.name) if part.holder == "text" else None
    holder = said if part.holder == "text" else chart
    stored = getattr(holder, part.name) if holder else ""
    lang = other_language(said.language) if said else ""
    stands_in = said is not None and said.language != text.language
    if part.key == "original_name":
        lang = chart.original_name_language
    if part.key == "end" and chart.start and not stored:
        # No end is an answer, too, for the year for which the chart speaks.
        return PartAnswer(field, part, running_words(chart.data_year), same_as=("", chart.data_year))
    if part.kind == "date":
        return PartAnswer(field, part, date_words(stored), same_as=stored)
    if part.kind == "list":
        items = tuple(plain(item).casefold() for item in to_list(stored))
        return PartAnswer(field, part, stored.strip(), same_as=items, lang=lang, stands_in=stands_in)
    same_as = plain(stored).casefold()
    return PartAnswer(field, part, stored.strip(), same_as=same_as, lang=lang, stands_in=stands_in)


def _terms(chart: Any, text: Any, field: NumberedField, part: Part) -> PartAnswer:
    entries = chart.entries(part.name)
    # Where terms answer in the reader's language, words of another language beside them are not needed.
    said = text if entries or not part.printed else chart.text_saying(part.printed)
    printed = to_list(getattr(said, part.printed)) if part.printed and said else []
    labels = {entry.label().casefold() for entry in entries}
    # Words that only repeat the terms are not said twice.
    if all(plain(item).casefold() in labels for item in printed):
        printed = []
    codes = frozenset(entry.code for entry in entries)
    words = () if codes else tuple(plain(item).casefold() for item in printed)
    lang = other_language(said.language) if said else ""
    stands_in = bool(printed) and said.language != text.language
    return PartAnswer(field, part, entries, printed, same_as=(codes, words), lang=lang, stands_in=stands_in)


def funding_lines(chart: Any) -> list[FundingLine]:
    """Return the sources of money of `chart`, in their order."""
    rows = sorted(chart.funding.all(), key=lambda row: (row.sort_order, row.pk or 0))
    return [FundingLine(row.source, row.share, row.kind_entry) for row in rows]
