"""Ways of writing a word, brought to one form before it is stemmed: British and American, with accents and without.

The form need not be a word: it only has to be the same for all ways of writing, and for all inflections of each.
"""

from __future__ import annotations

import re

_OUR = (
    "arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|savi"
    "|splend|succ|tum|val|vap|vig"
)
_RE = r"\w*cent|\w*met|\w*lit|calib|fib|lust|maneuv|manoeuv|meag|somb|spect|\w*theat"
_AE = r"aesth|anaem|anaesth|archae|caesar|encyclopaed|faec|gynaec|haem|leukaem|mediaev|orthopaed|paed|septicaem"
_OE = "diarrhoea|foet|manoeuv|oedem|oesoph|oestr"

# What comes first is done first: "manoeuvre" loses its "o", then "re" is turned round.
_ENGLISH = (
    (re.compile(rf"^(?=(?:\w*?)(?:{_AE}))(\w*?)ae"), r"\1e"),
    (re.compile(rf"^(?=(?:{_OE}))(\w*?)oe"), r"\1e"),
    # Not the other way round: "supervise" keeps the stem of "supervision", and no word on -ise is changed.
    (re.compile(r"^(\w{3,})iz(e|es|ed|er|ers|ing|ings|ation|ations|ational|able)$"), r"\1is\2"),
    (re.compile(r"^(\w{3,})yz(e|es|ed|er|ers|ing)$"), r"\1ys\2"),
    (re.compile(rf"^((?:un|mis|dis|multi|bi)?(?:{_OUR}))our(?!s?ious)"), r"\1or"),
    (re.compile(rf"^({_RE})re(s|d|)$"), r"\1er\2"),
    (re.compile(r"^(def|off|lic|pret)enc(e|es|ed|ing|eless)$"), r"\1ens\2"),
    (re.compile(r"^((?:mal)?pract)is(e|es|ed|ing)$"), r"\1ic\2"),
    (re.compile(r"^(anal|catal|dial|epil|monol|prol)og(s|)$"), r"\1ogue\2"),
    (re.compile(r"^(un|)(skil|wil)(ful|fully)$"), r"\1\2l\3"),
    (re.compile(r"^(acknowledg|judg|lodg|abridg)ement"), r"\1ment"),
    (re.compile(r"^(counsel|council|jewel)l(or|ors|er|ers|ery)$"), r"\1\2"),
    (re.compile(r"^enquir"), "inquir"),
    (re.compile(r"^sceptic"), "skeptic"),
    (re.compile(r"^plough"), "plow"),
)
# Words come without accents, but the stemmer knows these endings only with them. Other endings without accent can be
# two ("traite", "traité"), or are those of nouns as well ("contrat", "humanitaria"), and stay as they are.
_FRENCH = (
    (re.compile(r"(?<=\w\w)ee(s?)$"), r"ée\1"),
    (re.compile(r"(?<=\w\w)erent$"), "èrent"),
    (re.compile(r"(?<=\w\w)iere(s?)$"), r"ière\1"),
)
_RULES: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {"en": _ENGLISH, "fr": _FRENCH}
_WHOLE = {
    "programme": "program",
    "programmes": "programs",
    "ageing": "aging",
    "grey": "gray",
    "gaol": "jail",
    "jewelry": "jewelery",
    "mum": "mom",
    "mums": "moms",
}


def one_spelling(token: str, language: str) -> str:
    """Return the form in which the ways of writing a folded word of `language` meet."""
    if language == "en" and token in _WHOLE:
        return _WHOLE[token]
    for pattern, replacement in _RULES.get(language, ()):
        token = pattern.sub(replacement, token)
    return token
