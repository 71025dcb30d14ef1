"""What a person could be known by in a text that tells of them: addresses, numbers, dates of birth, names.

The first kinds are sure enough to refuse a text (`identifying`); what looks like a name may be one of an office or of
a law, so it is a question to a person (`possible_names`). What no rule can see is left to four eyes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import get_month_names
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberMatcher

from platform_site.safety.addresses import door_words


class Kind(TextChoices):
    """What a text gives away."""

    MAIL = "mail", _("a mail address")
    TELEPHONE = "telephone", _("a telephone number")
    DOCUMENT = "document", _("the number of a document")
    BIRTH = "birth", _("a date that leads to a person")
    DOOR = "door", _("a street, a post code or a point on a map")


@dataclass(frozen=True)
class Finding:
    """A place in a text: what it gives away, and its words."""

    kind: Kind
    words: str


_MAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# As it is dialled from abroad. National ones are left to the library, which knows how long they are.
_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ()./–-]{0,2}\d){7,14}(?!\d)")
_BESIDE_TELEPHONE = re.compile(
    r"\b(?:tel|telephone|phone|mobile|whatsapp|téléphone|telefon|handy|mobil|teléfono|móvil|telefono|cellulare)\b"
    r"[^\w\n+]{0,3}(?:(?:no|nr|number|is|numéro|nummer|número|numero)\b[^\w\n+]{0,3})?"
    r"(\+?\d(?:[ ()./–-]{0,2}\d){5,14})",
    re.IGNORECASE,
)
_DOCUMENT_WORD = (
    r"passport|identity card|id card|ID|visa|permit|document|passeport|carte d[’']identité|titre de séjour|"
    r"reisepass|pass|personalausweis|ausweis|aufenthaltstitel|pasaporte|dni|nie|cnp|cédula|"
    r"carta d[’']identità|passaporto|permesso di soggiorno|permiso de residencia"
)
_BESIDE_DOCUMENT = re.compile(
    rf"\b(?i:{_DOCUMENT_WORD})\b(?i:[ :#.,(-]*(?:card|number|no|nr|n|num|numéro|nummer|número|numero|is|was|with)\b)*"
    r"[ :#.°º,(-]*(?=(?:[A-Z -]*\d){4})((?!(?:19|20)\d\d\b)[A-Z\d](?:[ -]?[A-Z\d]){5,})"
)
# Without a word beside it: letters with six figures or more (passports, cards), a long row of figures, an account.
_DOCUMENT = re.compile(
    r"\b[A-Z]{1,3}[ -]?\d{6,9}[A-Z]?\b|(?<![\d.,+])\d{8}[A-Z]\b|(?<![\d.,+])\d{9,14}(?![\d.,]*\d)"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}\b"
)
_BIRTH = re.compile(
    r"\bborn\b|\bbirth|\bd\.?o\.?b\b|\bnée?\b|\bnaissance|\bgeboren|\bgeb\.|\bgeburt|\bnacid[oa]\b|\bnacimiento|"
    r"\bnaci[óo]\b|\bnat[oa] (?:il|l[’']|a\b|in\b|nel)|\bnascita|\bn[ăa]scut",
    re.IGNORECASE,
)
# So many signs before or after it a date is beside a word of birth.
_BEFORE, _AFTER = 60, 25


@lru_cache(maxsize=1)
def _full_date() -> re.Pattern[str]:
    """Return the pattern of a day with month and year, in figures or with the month in a language of the site."""
    months = {
        name.rstrip(".")
        for code, _name in settings.LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, locale=code).values()
    }
    month = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"(?<![\d./-])(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(?:{year}|\d\d)|{year}[./-]\d{{1,2}}[./-]\d{{1,2}})(?![\d/-])"
        rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|[.º°])? ?(?:of |de |di )?(?:{month})\.?,? (?:de |del )?{year}\b"
        rf"|\b(?:{month})\.? \d{{1,2}}(?:st|nd|rd|th)?,? {year}\b",
        re.IGNORECASE,
    )


def identifying(text: str, *, about_person: bool = False, regions: Iterable[str] = ()) -> list[Finding]:
    """Return what in `text` leads to a person, each kind with its first words, in the order of the kinds.

    A full date counts beside a word of birth, and anywhere in a text that is `about_person`. `regions` are ISO codes of
    the countries whose telephone numbers are known without their prefix. Hotlines and offices count, too: a case study
    has no place for them.
    """
    found = (
        (Kind.MAIL, _words(_MAIL, text)),
        # Before telephone numbers: many a document's number could be dialled somewhere.
        (Kind.DOCUMENT, _words(_BESIDE_DOCUMENT, text)),
        (Kind.TELEPHONE, _telephone(text, regions)),
        (Kind.DOCUMENT, _words(_DOCUMENT, text)),
        (Kind.BIRTH, _date(text, anywhere=about_person)),
        (Kind.DOOR, door_words(_NO_DOOR.sub(";", text))),
    )
    taken: list[Finding] = []
    for kind, words in found:
        # A row of figures is one thing: what is a telephone number is no document and no post code.
        if words and not any(_digits(words) and _digits(words) in _digits(one.words) for one in taken):
            taken.append(Finding(kind, words))
    return taken


def _words(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip(" ,.;") if found else ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _telephone(text: str, regions: Iterable[str]) -> str:
    if found := _ABROAD.search(text) or _BESIDE_TELEPHONE.search(text):
        return found.group().strip(" ,.;")
    for region in regions:
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            return str(match.raw_string)
    return ""


def _date(text: str, *, anywhere: bool) -> str:
    for found in _full_date().finditer(text):
        around = f"{text[max(0, found.start() - _BEFORE) : found.start()]} {text[found.end() : found.end() + _AFTER]}"
        if anywhere or _BIRTH.search(around):
            return found.group()
    return ""


# Web addresses but for those of maps, sums of money ("12500 euros" is no post code), and the NGOs called "La Strada".
_NO_DOOR = re.compile(
    r"(?:https?://|www\.)(?![^\s]*(?:maps?\b|plus\.codes|what3words))\S+|\bLa Strada\b"
    r"|(?:€|\$|£|\b(?:EUR|USD|GBP|CHF|RON|euros?|dollars?)) ?\d[\d .,]*"
    r"|\d[\d .,]*(?:€|\$|£|\b(?:EUR|USD|GBP|CHF|RON|lei|lari|euros?|dollars?)\b)",
    re.IGNORECASE,
)

_WORD = re.compile(r"(?<![^\s(])[^\W\d_]\.(?= [^\W\d_])|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\s\w]|\d+|\n")


def words_of(text: str) -> Iterator[str]:
    """Yield the words of `text` as they are known by `possible_names`: small, parted at hyphens."""
    for word in re.findall(r"[^\W\d_]+", text):
        yield word.lower()


# What many names of offices and countries hold beside the terms of the lists.
_OFFICES = frozenset(
    words_of("""
    affairs britain center centre commission council court department directorate embassy federal foundation general
    institute interior internal ministry office prosecutor state unit
    ambassade conseil direction générale intérieur ministère procureur tribunal
    amt bundes gericht ministerium staatsanwaltschaft stiftung
    consejo dirección embajada fiscalía fundación ministerio oficina
    ambasciata consiglio direzione fondazione ministero procura ufficio
    """)
)


def possible_names(text: str, known: Container[str]) -> list[str]:
    """Return, each once and in their order, what in `text` looks like the name of a person.

    That is: two or more words side by side, each with a capital and small letters, none of which is `known` (small
    words of offices, places, laws and terms) or written small elsewhere in the text; an initial may stand for the
    first one.
    """
    small = {word for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    found: dict[str, None] = {}
    run: list[str] = []
    end = 0
    for match in [*_WORD.finditer(text), None]:
        word = match.group() if match else ""
        beside = match is not None and text[end : match.start()] in ("", " ")
        if run and not (beside and (_is_capital(word, known, small))):
            _keep(run, found)
            run = []
        if match and (_is_capital(word, known, small) or (not run and _is_initial(word))):
            run.append(word)
        end = match.end() if match else end
    return list(found)


def _keep(run: list[str], found: dict[str, None]) -> None:
    if len(run) > 1:
        found.setdefault(" ".join(run))


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _is_capital(word: str, known: Container[str], small: Container[str]) -> bool:
    if len(word) < 2 or not word[0].isupper() or not any(sign.islower() for sign in word):
        return False
    return not any(part in known or part in small or part in _OFFICES for part in words_of(word))
