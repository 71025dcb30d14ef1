"""What has to be there before a case study can be published: a consent that covers its readers, and the answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from platform_site.records.audiences import Audience
from platform_site.records.gate import Reason
from platform_site.texts.formatted import word_count
from platform_site.texts.models import original_text
from practices.cases.template import ANSWERS, QUESTIONS, Question


def problems(case: Any) -> list[Reason]:
    """Return one sentence for each thing that is missing or too long, the consent first."""
    return [*consent_problems(case), *template_problems(case)]


def consent_problems(case: Any) -> list[Reason]:
    """Return what is missing of the consent. Without it no case study is published, whoever publishes it.

    What a printed publication told before needs no date of its own; a consent for members covers no public page.
    """
    found = []
    if not case.consent_kind or not case.consent_scope:
        sentence = _("The consent is not filled in: its kind and what it covers.")
        found.append(Reason(sentence, row=case, name="consent_scope" if case.consent_kind else "consent_kind"))
    elif case.consent_scope == case.Scope.MEMBERS and case.audience == Audience.PUBLIC:
        sentence = _("The consent covers members alone, the case study is for everybody.")
        found.append(Reason(sentence, row=case, name="consent_scope"))
    if case.consent_kind and case.consent_kind != case.Consent.PUBLISHED and not case.consent_on:
        found.append(Reason(_("The date of the consent is missing."), row=case, name="consent_on"))
    return found


def template_problems(case: Any) -> list[Reason]:
    """Return what the template asks for, in the order of its questions; asked of the original text."""
    original = original_text(case.texts.all())
    found = []
    for question in QUESTIONS:
        for group in question.groups:
            if group.required and not case.codes(group.list_name):
                sentence = _("%(question)s: nothing is ticked.") % {"question": _numbered(question)}
                found.append(Reason(sentence, row=case, name=group.list_name))
    for question in ANSWERS:
        stored = getattr(original, question.name) if original else ""
        if question.required and not stored.strip():
            sentence = _("%(question)s is not answered.") % {"question": _numbered(question)}
            found.append(Reason(sentence, row=original, name=question.name))
        words = word_count(stored)
        if words > question.words:
            sentence = _("%(question)s has %(words)d words; there is room for %(limit)d.") % {
                "question": _numbered(question),
                "words": words,
                "limit": question.words,
            }
            found.append(Reason(sentence, row=original, name=question.name))
    return found


def _numbered(question: Question) -> str:
    return _("Question %(number)d (%(label)s)") % {"number": question.number, "label": question.label}
