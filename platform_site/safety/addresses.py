"""What would lead to a door: streets, house numbers, post codes, landmarks, points on a map.

No field of a service may hold the address of an accommodation, and any service can turn out to be one. So a region is
the name of a place and nothing else (`region_problem`), and what an editor writes freely about an accommodation is
refused where it reads like a way to it (`address_problem`). The words are those of the five languages of the site and
of the countries that many entries are from. What no rule can see (the name of a house) is left to four eyes.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from platform_site.texts.sorting import sort_text

LONGEST_REGION = 80


def _words(text: str) -> frozenset[str]:
    return frozenset(sort_text(text).split())


# Written as `sort_text` writes them: without accents and case, ß as ss.
STREETS = _words(
    """
    street road avenue ave lane boulevard blvd alley highway rd square crescent terrace
    rue allee impasse quai ruelle chemin route place
    strasse gasse weg platz ufer damm hinterhof
    calle avenida avda paseo plaza plazuela callejon carretera camino travesia glorieta carrer
    via viale vicolo corso piazza piazzale piazzetta strada lungomare contrada largo
    ulica ulitsa strada str bulevardul aleea soseaua rua travessa avinguda straat utca sokak caddesi mahallesi rruga
    улица проспект вулиця булевард οδος λεωφορος
    """
)
# German, Dutch and Scandinavian streets are one word with their name.
STREET_ENDINGS = ("strasse", "gasse", "straat", "gatan", "platz")
BUILDINGS = _words(
    """
    house building floor apartment flat room doorbell entrance courtyard
    immeuble batiment etage appartement maison chambre sonnette
    haus gebaude stock etage wohnung zimmer klingel hinterhaus
    casa edificio piso planta apartamento portal
    palazzo edificio piano appartamento citofono scala
    """
)
LANDMARKS = _words(
    """
    station church cathedral mosque monastery convent abbey hospital clinic school university market bridge hotel park
    airport supermarket museum theatre cemetery factory stadium police mall bakery pharmacy
    gare eglise cathedrale mosquee monastere couvent abbaye hopital clinique ecole universite pont parc aeroport
    supermarche musee cimetiere usine stade boulangerie pharmacie mairie
    bahnhof hauptbahnhof kirche dom moschee kloster krankenhaus klinik schule universitat markt brucke flughafen
    supermarkt friedhof fabrik stadion rathaus backerei apotheke polizei
    estacion iglesia catedral mezquita monasterio convento hospital clinica escuela universidad mercado puente parque
    aeropuerto supermercado museo cementerio fabrica estadio ayuntamiento panaderia farmacia comisaria
    stazione chiesa cattedrale duomo moschea monastero ospedale scuola universita mercato ponte parco aeroporto
    supermercato cimitero fabbrica stadio municipio panetteria farmacia questura
    """
)
# Words that say where something is by what stands beside it.
BESIDE = (
    r"near|nearby|next to|close to|beside|behind|opposite|across from|around the corner|in front of|minutes? from|"
    r"pres d[eu]s?|a cote d[eu]s?|derriere|en face d[eu]s?|devant|au coin|"
    r"in der nahe|nahe|neben|hinter|gegenuber|vor de[mr]|um die ecke|unweit|"
    r"cerca de[l]?|junto a[l]?|al lado de[l]?|detras de[l]?|frente a[l]?|enfrente|a la vuelta|"
    r"vicino|accanto|dietro|di fronte|davanti|presso|all angolo|nei pressi"
)

_SIGNS = frozenset(" -‐'’,")
_BESIDE = re.compile(rf"\b(?:{BESIDE})\b")
_BESIDE_LANDMARK = re.compile(rf"\b(?:{BESIDE})\b(?:\W+\w+){{0,4}}?\W+(?:{'|'.join(sorted(LANDMARKS))})\b")
# Everyday words in free text, in one of the languages: they tell a street by its name only.
_EVERYDAY = _words("place route way corso largo platz weg street road lane square str chemin via")
_AFTER = "|".join(sorted(STREETS - _EVERYDAY))
_ENDING = "|".join(STREET_ENDINGS)
_NAME = r"(?:[ ,.]+[^\W\d]+){0,4}[ ,.]*(?:\b(?:no|nr|n|num|numero)\b)?[ .,°º]*\d"
# A street word with a number before or after it: "12, rue Longue", "Calle Mayor 5", "Langestraße 3", "5 Mill Road".
_NUMBERED = re.compile(
    rf"\b(?:{_AFTER}|\w+(?:{_ENDING}))\b\.?{_NAME}"
    rf"|\bvia (?!e-?mail|mail|phone|tele|whats|signal|skype|zoom|chat|sms|web|internet|video|posta)[^\W\d]+{_NAME}"
    rf"|\b\d+ ?[a-z]?[ ,]+(?:{_AFTER}|place|chemin|route)\b"
    r"|\b\d+ ?[a-z]?[ ,]+(?!\w+ (?:on|in|of|per|the|a) )(?:[^\W\d]+ ){1,2}(?<!the )(?:street|road|lane|square)\b"
)
# One without a number, told by the capital letter of its name. "via" and "place" are everyday words too.
_NAMED_STREET = re.compile(
    r"\b(?:[Rr]ue|[Cc]alle|[Aa]venida|[Pp]laza|[Pp]iazza|[Vv]iale|[Vv]icolo|[Cc]orso|[Uu]lica|[Uu]l\.|[Ss]trada|"
    r"[Aa]venue|[Bb]oulevard|[Pp]aseo|Via|C/)"
    r"\s+(?:(?:de|del|della|dei|du|des|la|las|los|le|di|da|d)[ '’]+)*[^\W\d_a-z]\w+"
    r"|\b[A-ZÄÖÜÀ-Þ]\w+\s+(?:Street|Road|Lane|Avenue|Square|Boulevard)\b"
    r"|\b[A-ZÄÖÜ]\w+(?:straße|strasse|gasse|straat|gatan)\b"
)
_POST_CODE = re.compile(
    r"(?<![\d.,])\d{5,6}(?![\d.,]*\d)"
    r"|\b(?!(?:19|20)\d\d\b)\d{4}\s+[^\W\d_a-z]\w+"
    r"|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{2,3}[- ]\d{2,3}\s+[^\W\d_a-z]\w+"
)
_POINT = re.compile(r"\d{1,3}[.,]\d{3,}\D{1,4}\d{1,3}[.,]\d{3,}|\d\s*°|///?\w+\.\w+\.\w+|maps?\.|plus\.codes")


def _plain(text: str) -> str:
    return sort_text(unicodedata.normalize("NFC", text))


def region_problem(text: str) -> str:
    """Return what is wrong with `text` as the name of a region or city, as a sentence for an editor; "" if nothing.

    A name is letters, blanks, hyphens, apostrophes and commas, and holds no word for a street, a building or a
    landmark and none that says what is beside it.
    """
    if not text:
        return ""
    words = re.findall(r"[^\W\d_]+", _plain(text))
    if not words or not all(sign.isalpha() or sign in _SIGNS or unicodedata.combining(sign) for sign in text):
        return _("Write the name of a city or region only: letters, hyphens and commas, no number and no other sign.")
    if len(text) > LONGEST_REGION:
        return _("Write the name of a city or region only, not a description of the way.")
    if (
        _is_street(words)
        or BUILDINGS.intersection(words)
        or LANDMARKS.intersection(words)
        or _BESIDE.search(" ".join(words))
    ):
        return _("Write the name of a city or region only: no street, no building, nothing that is near.")
    return ""


def _is_street(words: list[str]) -> bool:
    # "St" begins the names of towns (St Albans) and ends those of streets.
    ends_as_street = words[-1] == "st" and len(words) > 1
    return ends_as_street or any(word in STREETS or word.endswith(STREET_ENDINGS) for word in words)


def address_problem(text: str) -> str:
    """Return why `text`, written freely about an accommodation, is refused, as a sentence; "" if it is not.

    Refused is what reads like a street, a post code, a point on a map or a place beside a landmark; figures such as
    "2 to 3 weeks" pass.
    """
    if door_words(text) or _BESIDE_LANDMARK.search(_plain(text)):
        return _("This reads like a way to the place. Of accommodation only the region is told.")
    return ""


def door_words(text: str) -> str:
    """Return what in `text`, written freely, reads like a street, a post code or a point on a map; "" if nothing does.

    Where it is told without accents and case, it is returned so.
    """
    plain = _plain(text)
    for pattern, searched in (
        (_NAMED_STREET, text),
        (_NUMBERED, plain),
        (_POST_CODE, text),
        (_POINT, plain),
    ):
        if found := pattern.search(searched):
            return found.group().strip(" ,.;")
    return ""
