"""What in the texts of a case study may lead to a person: refused by the publish gate, or asked of a reviewer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from directory.models import Network, Organisation, Programme
from platform_site.records.gate import Reason
from platform_site.safety.personal_data import identifying, possible_names, words_of
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary, vocabulary_names
from practices.cases.template import ANSWERS, GROUPS, OTHERS, question_of

# The answers about the person: there any full date leads to them.
ABOUT_PERSON = frozenset({*OTHERS, "answer_8"})
# What the names are known by changes with these.
KNOWN_BY = ("vocabulary", "organisation", "network", "programme")


def identifying_problems(case: Any) -> list[Reason]:
    """Return one sentence for each thing in a text of `case`, in any language, that leads to a person."""
    codes = dict.fromkeys(entry.code for entry in (case.country_entry, *case.entries("countries")) if entry)
    found = []
    for row, name, text, where in _texts(case):
        for finding in identifying(text, about_person=name in ABOUT_PERSON, regions=codes):
            sentence = _("%(where)s: “%(words)s” reads like %(kind)s. Leave out what a person can be known by.") % {
                "where": where,
                "words": finding.words,
                "kind": finding.kind.label,
            }
            found.append(Reason(sentence, row=row, name=name))
    return found


def names_to_ask_about(case: Any) -> list[str]:
    """Return, each once, what in the texts of `case` looks like the name of a person: a reviewer is asked."""
    known, names = _known(tuple(versions.current(name) for name in KNOWN_BY))
    found: dict[str, None] = {}
    for _row, _name, text, _where in _texts(case):
        for name in names:
            text = text.replace(name, ";")
        found.update(dict.fromkeys(possible_names(text, known)))
    return list(found)


def _texts(case: Any) -> Iterator[tuple[Any, str, str, str]]:
    """Yield every text of `case` that is read: its row, its field, its words, and where it stands for an editor."""
    questions = {question.name: question for question in ANSWERS}
    questions |= {group.other: question_of(group) for group in GROUPS if group.other}
    for row in case.texts.all():
        for name in ("title", *questions):
            if text := getattr(row, name):
                where = _("Title") if name == "title" else str(questions[name].label)
                if name in questions:
                    where = _("Question %(number)d (%(label)s)") % {"number": questions[name].number, "label": where}
                yield row, name, text, _in_language(where, row, case)
    for step in case.steps.all():
        for name in ("heading", "text"):
            if text := getattr(step, name):
                where = _("Step “%(heading)s”") % {"heading": step.heading}
                yield step, name, text, _in_language(where, step, case)


def _in_language(where: str, row: Any, case: Any) -> str:
    if row.language == case.original_language:
        return where
    label = vocabulary("languages").label(row.language)
    return _("%(where)s, in %(language)s") % {"where": where, "language": label}


@lru_cache(maxsize=1)
def _known(token: tuple[str, ...]) -> tuple[frozenset[str], list[str]]:
    """Return the words of all terms in all languages, which no name is told by, and the names of organisations,
    networks and programmes, the longest first. `token` is the state of the data.

    Names count as a whole: an organisation that is called after a woman makes no other woman of her name known.
    """
    words: set[str] = set()
    names: set[str] = set()
    for list_name in vocabulary_names():
        for entry in vocabulary(list_name):
            for text in (*entry.labels.values(), entry.scope_note):
                # As a whole: of Santa Elena alone the second word is the name of many a person.
                if list_name == "countries" and len(list(words_of(text))) > 1:
                    names.add(text)
                else:
                    words.update(words_of(text))
    for fields in (
        Organisation.objects.values_list("name", "native_name", "short_name"),
        Network.objects.values_list("name", "full_name"),
        Programme.objects.values_list("name"),
    ):
        names.update(name for row in fields for name in row if " " in name)
    return frozenset(words), sorted(names, key=len, reverse=True)
