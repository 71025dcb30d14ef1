"""What the standard form still asks for before a chart can be published."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from platform_site.records.gate import Reason
from platform_site.texts.formatted import word_count
from platform_site.texts.models import original_text
from platform_site.vocabulary.store import vocabulary
from practices.standard_form import NumberedField, Part, parts


def is_answered(chart: Any, text: Any, part: Part) -> bool:
    """Say whether `part` has an answer on `chart` with its text row `text` (None: there is none).

    For terms the wording beside them counts too: a form may say more than the list has.
    """
    printed = bool(part.printed and text and getattr(text, part.printed).strip())
    if part.holder == "terms":
        return printed or bool(chart.codes(part.name))
    if part.holder == "rows":
        return bool(getattr(chart, part.name).all())
    if part.kind == "contact":
        return bool(chart.contact_name.strip())
    if part.kind == "term":
        return getattr(chart, f"{part.name}_id") is not None
    holder = text if part.holder == "text" else chart
    return bool(holder and getattr(holder, part.name).strip())


def problems(chart: Any) -> list[Reason]:
    """Return one sentence for each part that lacks an answer or is too long, in the order of the form.

    Asked of the original text; a translation needs its name only.
    """
    rows = list(chart.texts.all())
    original = original_text(rows)
    found = []
    for field, part in parts():
        if part.required and not is_answered(chart, original, part):
            sentence = _("%(question)s is not filled in.") % {"question": _question(field, part)}
            found.append(_reason(sentence, chart, original, part))
        words = _words(chart, original, part)
        if part.words is not None and words > part.words:
            sentence = _("%(question)s has %(words)d words; the form has room for %(limit)d.") % {
                "question": _question(field, part),
                "words": words,
                "limit": part.words,
            }
            found.append(_reason(sentence, chart, original, part, in_words=True))
        if part.kind == "funding" and (reason := funding_problem(row.share for row in chart.funding.all())):
            found.append(_reason(f"{_question(field, part)}: {reason}", chart, original, part))
    for row in rows:
        if row is not original and not row.name.strip():
            language = vocabulary("languages").label(row.language)
            sentence = _("The text in this language has no name yet: %(language)s.") % {"language": language}
            found.append(Reason(sentence, row=row, name="name"))
    if chart.adapted_from_id is None and any(row.adaptation_note.strip() for row in rows):
        sentence = _("Say which practice this one was adapted from, or take out what was changed.")
        found.append(Reason(sentence, row=chart, name="adapted_from"))
    return found


def _reason(sentence: str, chart: Any, original: Any, part: Part, *, in_words: bool = False) -> Reason:
    """Return `sentence` with the place of `part`; `in_words`: of the wording where it stands beside terms."""
    if part.holder == "text" or (in_words and part.printed):
        return Reason(sentence, row=original, name=part.printed or part.name)
    return Reason(sentence, row=chart, name="contact_name" if part.kind == "contact" else part.name)


def funding_problem(shares: Iterable[Decimal | float | None]) -> str:
    """Return the sentence for shares that add up to more than 100 percent, "" if they do not."""
    total = sum((Decimal(str(share)) for share in shares if share is not None), Decimal(0))
    return _("The shares add up to more than 100 percent.") if total > 100 else ""


def _question(field: NumberedField, part: Part) -> str:
    label = str(field.label)
    own = str(part.label)
    return _("Field %(number)d (%(label)s)") % {
        "number": field.number,
        "label": f"{label}: {own}" if own and own != label else label,
    }


def _words(chart: Any, text: Any, part: Part) -> int:
    name = part.printed or (part.name if part.holder == "text" else "")
    if name:
        return word_count(getattr(text, name)) if text else 0
    if part.kind == "line":
        return len(getattr(chart, part.name).split())
    return 0
