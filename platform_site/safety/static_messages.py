"""The words of the two static error pages, in every language of the site.

They stand here and not in the translation catalogues: these pages must come when the rest of the site cannot.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import get_script_prefix


@dataclass(frozen=True)
class StaticMessage:
    """One language's part of a static page."""

    language: str
    heading: str
    text: str
    exit_label: str
    exit_href: str


EXIT_LABELS = {
    "en": "Leave this page now",
    "fr": "Quitter vite cette page",
    "de": "Seite jetzt verlassen",
    "es": "Salir ya de esta página",
    "it": "Lascia subito questa pagina",
}
EMERGENCY = {
    "en": "If you are in danger now, call 112.",
    "fr": "Si vous êtes en danger maintenant, appelez le 112.",
    "de": "Wenn Sie jetzt in Gefahr sind, rufen Sie 112 an.",
    "es": "Si está en peligro ahora, llame al 112.",
    "it": "Se è in pericolo adesso, chiami il 112.",
}
SERVER_ERROR = {
    "en": (
        "Something went wrong on our side",
        "It is not your fault, and we have a note of it. Please try again in a few minutes.",
    ),
    "fr": (
        "Une erreur s’est produite de notre côté",
        "Ce n’est pas votre faute, et nous en avons gardé la trace. Veuillez réessayer dans quelques minutes.",
    ),
    "de": (
        "Bei uns ist etwas schiefgegangen",
        "Es liegt nicht an Ihnen, und wir haben es vermerkt. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
    ),
    "es": (
        "Algo ha fallado por nuestra parte",
        "No es culpa suya y ha quedado anotado. Vuelva a intentarlo dentro de unos minutos.",
    ),
    "it": (
        "Qualcosa è andato storto da parte nostra",
        "Non è colpa sua e ne abbiamo preso nota. Riprovi tra qualche minuto.",
    ),
}
CLOSED = {
    "en": ("We are working on the site", "It will be back soon. Please try again in about ten minutes."),
    "fr": (
        "Nous travaillons sur le site",
        "Il sera bientôt de retour. Veuillez réessayer dans une dizaine de minutes.",
    ),
    "de": (
        "Wir arbeiten an der Website",
        "Sie ist bald wieder da. Bitte versuchen Sie es in etwa zehn Minuten noch einmal.",
    ),
    "es": ("Estamos trabajando en el sitio", "Volverá pronto. Inténtelo de nuevo dentro de unos diez minutos."),
    "it": ("Stiamo lavorando al sito", "Tornerà presto. Riprovi tra una decina di minuti."),
}


def static_messages(words: dict[str, tuple[str, str]]) -> list[StaticMessage]:
    """Return the parts of a page for `words` (heading and text per language), English first."""
    root = get_script_prefix()
    return [
        # Written out, not looked up: the addresses of the site may be what is broken.
        StaticMessage(
            language, heading, f"{text} {EMERGENCY[language]}", EXIT_LABELS[language], f"{root}{language}/leave/"
        )
        for language, (heading, text) in words.items()
    ]
