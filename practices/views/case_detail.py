"""The page of one case study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from platform_site.accounts.principals import principals_of
from platform_site.records.access import get_readable
from platform_site.records.audiences import field_readable
from platform_site.safety.withdrawn import answers_withdrawn
from platform_site.texts.languages import other_language
from platform_site.ui.languages import language_name
from platform_site.vocabulary.store import Entry
from practices.cases.access import readable_teller
from practices.cases.exporting import codes_of, steps_in, themes_of
from practices.cases.related import cases_of_tellers
from practices.cases.template import GROUP_BY_KEY, QUESTIONS, OptionGroup, Question
from practices.dateline import dateline
from practices.kept import kept_key
from practices.models import CaseStudy
from practices.views.case_list import case_row
from search.related import related_to


@dataclass(frozen=True)
class Theme:
    """A theme with the questions whose answers say it."""

    entry: Entry
    questions: tuple[Question, ...]
    href: str


@dataclass(frozen=True)
class Chosen:
    """What was chosen in a group: its options, and the words beside "other" with their language.

    `stands_in`: those words are not in the text that the page shows, so they say their language.
    """

    group: OptionGroup
    entries: tuple[Entry, ...]
    other: str
    other_lang: str
    stands_in: bool

    @property
    def is_stated(self) -> bool:
        """Whether anything is chosen or said."""
        return bool(self.entries or self.other)


@dataclass(frozen=True)
class Answer:
    """A question with its answer and the themes that editors found beside it.

    `lang` is the answer's language where it is not the reader's. `stands_in`: the text that the page shows has no
    answer, so that of another language stands there and says which.
    """

    question: Question
    text: str
    lang: str
    stands_in: bool
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Step:
    """A step on its rail: `side` is own, abroad or both; `country` its name for those who do not see the rails."""

    side: str
    country: str
    code: str
    heading: str
    text: str


@require_safe
@answers_withdrawn((gettext_lazy("All case studies"), "practices:case_list"))
def case_detail(request: HttpRequest, case_no: str) -> HttpResponse:
    """Return the page of the case study with this number. Raises Http404; a withdrawn one answers 410 or leads on."""
    key = kept_key("case", int(case_no), user=request.user)
    shown = cache.get(key)
    if shown is None:
        case = get_readable(CaseStudy.objects.for_page(), request.user, case_no=int(case_no))
        shown = drawn(request, case)
        cache.set(key, shown)
    return render(request, "practices/case_detail.html", shown)


def render_case(request: HttpRequest, case: Any) -> HttpResponse:
    """Return the page of `case` as it is given: a draft in a preview. Nothing of it is kept."""
    return render(request, "practices/case_detail.html", drawn(request, case))


def drawn(request: HttpRequest, case: Any) -> dict[str, Any]:
    """Return the page of `case` but for its frame: the body as HTML, and what the frame needs."""
    context = page_context(request, case)
    names = ("breadcrumbs", "content_languages", "original_language")
    return {
        **{name: context[name] for name in names},
        "title": case.title,
        "body": render_to_string("practices/case.html", context),
    }


def page_context(request: HttpRequest, case: Any) -> dict[str, Any]:
    """Return what the page shows of `case` to the reader of `request`."""
    user = request.user
    text = case.text()
    lang = other_language(text.language) if text else ""
    teller = readable_teller(case, user)
    steps = case_steps(case, text)
    return {
        "case": case,
        "title_lang": lang if text and text.title else "",
        "content_lang": lang,
        "steps_lang": other_language(steps[0].language) if steps else "",
        "language_notice": language_notice(text),
        "content_languages": case.content_languages,
        "original_language": case.original_language,
        "breadcrumbs": [
            (_("Case studies"), reverse("practices:case_list")),
            (_("Case %(number)s") % {"number": case.case_no or "–"}, None),
        ],
        "dateline": dateline(case, text),
        "country": case.country_entry,
        "abroad": case.abroad,
        "teller": teller,
        "person_code": case.person_code if field_readable(case, "person_code", principals_of(user)) else "",
        "cooperation": cooperation_ticks(case),
        "chosen": [one for one in chosen(case, text) if one.group.key != "cooperation"],
        "with_minors": "minor" in case_codes(case, "age"),
        "steps": [placed(case, step) for step in steps],
        "answers": list(answers(case, text)),
        "related": related_to("case", str(case.pk), user) if case.pk else [],
        "more": [
            case_row(card, user)
            for card in cases_of_tellers([teller] if teller else [], user, limit=5)
            if card.case_no != case.case_no
        ][:4],
    }


def case_codes(case: Any, key: str) -> list[str]:
    """Return the short codes of one group of the template."""
    return codes_of(case, GROUP_BY_KEY[key])


def cooperation_ticks(case: Any) -> list[tuple[Entry, bool]]:
    """Return what the printed template offers and what was ticked beside it, each with whether it is ticked."""
    ticked = case.entries("cooperation_types")
    offered = [
        entry
        for entry in GROUP_BY_KEY["cooperation"].options.offered()
        if entry in ticked or (entry.attributes.get("in_2012_template") == "yes" and entry.code != "other")
    ]
    return sorted(((entry, entry in ticked) for entry in offered), key=lambda pair: not pair[1])


def chosen(case: Any, text: Any) -> Iterator[Chosen]:
    """Yield what was ticked, in the order of the template; groups that printed templates do not ask only if ticked."""
    for question in QUESTIONS:
        for group in question.groups:
            if group.is_theme:
                continue
            said = case.text_saying(group.other) if group.other else None
            found = Chosen(
                group,
                tuple(case.entries(group.list_name)),
                other=getattr(said, group.other) if said else "",
                other_lang=other_language(said.language) if said else "",
                stands_in=said is not None and said.language != text.language,
            )
            if found.is_stated or not group.is_extra:
                yield found


def answers(case: Any, text: Any) -> Iterator[Answer]:
    """Yield the questions with their answers; the one about the person is answered by its ticks, at the side."""
    by_key = {question.key: question for question in QUESTIONS}
    for question in QUESTIONS:
        if not question.name:
            continue
        themes = tuple(
            Theme(
                theme.entry,
                tuple(by_key[key] for key in theme.answer_keys),
                f"{reverse('practices:case_list')}?{group.key}={theme.entry.short_code}",
            )
            for group in question.groups
            if group.is_theme
            for theme in themes_of(case, group)
        )
        said = case.text_saying(question.name)
        yield Answer(
            question,
            text=getattr(said, question.name).strip() if said else "",
            lang=other_language(said.language) if said else "",
            stands_in=said is not None and said.language != text.language,
            themes=themes,
        )


def case_steps(case: Any, text: Any) -> list[Any]:
    """Return the steps as told in the language of `text`, else as in the original."""
    if text is None:
        return []
    rows = list(case.steps.all())
    return steps_in(rows, text.language) or steps_in(rows, case.original_language)


def placed(case: Any, step: Any) -> Step:
    """Return a step with its rail: the case's own country on the first, any other on the second."""
    entry = step.country_entry
    side = "both" if entry is None else "own" if entry == case.country_entry else "abroad"
    return Step(
        side=side,
        country=entry.label() if entry else _("both countries"),
        code=entry.code if entry else "",
        heading=step.heading,
        text=step.text,
    )


def language_notice(text: Any) -> str:
    """Return the line that says in which language the case study is, "" where it is in the reader's."""
    active = get_language() or "en"
    if text is None or text.language == active:
        return ""
    return _("This case study has no text in %(wanted)s yet. You read it in %(shown)s.") % {
        "wanted": language_name(active),
        "shown": language_name(text.language),
    }
