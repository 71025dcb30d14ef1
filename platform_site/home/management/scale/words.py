"""Invented names and sentences, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")

FIRST = (
    "Al", "Bren", "Cor", "Dal", "Els", "Fen", "Gar", "Hol", "Ist", "Jor", "Kal", "Lin", "Mar", "Nor", "Ost", "Pel",
    "Quin", "Ral", "Sol", "Tam", "Ulv", "Ver", "Wil", "Yar", "Zel", "Bor", "Dun", "Er", "Gren", "Hav", "Ild", "Lom",
    "Mir", "Nel", "Or", "Pas", "Rin", "Sev", "Tor", "Vel",
)  # fmt: skip
MIDDLE = (
    "a", "e", "i", "o", "u", "an", "en", "in", "or", "ar", "el", "il", "um", "ad", "es", "iv", "on", "al", "et",
    "ir",
)  # fmt: skip
LAST = (
    "brück", "dorf", "feld", "grad", "haven", "holm", "ica", "ino", "kirk", "lund", "mont", "nova", "pol", "rand",
    "stad", "stett", "val", "vara", "vik", "ylä",
)  # fmt: skip
KINDS = (
    "Advice Centre", "Association", "Counselling Network", "Foundation", "Harbour", "House", "Initiative",
    "Legal Clinic", "Mobile Team", "Outreach", "Refuge Service", "Support Line",
)  # fmt: skip
SUBJECTS = (
    "The team", "A small office", "An experienced group of lawyers and social workers", "The organisation",
    "A network of volunteers and professionals", "The counselling service", "A cooperative of former clients",
)  # fmt: skip
VERBS = (
    "accompanies", "advises", "supports", "looks for", "stands by", "trains those who meet", "keeps in touch with",
    "speaks for", "finds lawyers for",
)  # fmt: skip
OBJECTS = (
    "people who were exploited at work", "women and men in prostitution", "domestic workers behind closed doors",
    "children without parents", "seasonal workers on farms", "families who search for a relative",
    "people who want to return", "people who claim their wages", "young people in children's homes",
)  # fmt: skip
WAYS = (
    "by telephone and in person", "with interpreters in several languages", "in the evening and at weekends",
    "together with the labour inspectorate", "for as long as it takes", "without asking for papers",
    "in markets, stations and fields", "with partners in the country of origin", "after the first contact in a café",
)  # fmt: skip
REMARKS = (
    "Trust takes longer than a project year.", "The telephone is often the first step.", "Nobody has to testify.",
    "Rent is the hardest part of the plan.", "Authorities are invited twice a year.", "Every month begins with a list.",
    "Two partners left and one came back.", "The second winter was better than the first.",
    "What failed is written down.",
)  # fmt: skip


def place(random: Random) -> str:
    """Return the name of a place that does not exist."""
    return random.choice(FIRST) + random.choice(MIDDLE) + random.choice(LAST)


def names(random: Random, taken: set[str]) -> Iterator[str]:
    """Yield names of organisations without end, none twice and none of `taken`."""
    while True:
        name = f"{place(random)} {random.choice(KINDS)}"
        number = 1
        unique = name
        while unique in taken:
            number += 1
            unique = f"{name} {number}"
        taken.add(unique)
        yield unique


def sentence(random: Random) -> str:
    """Return one sentence."""
    if random.random() < 0.25:
        return random.choice(REMARKS)
    parts = (random.choice(SUBJECTS), random.choice(VERBS), random.choice(OBJECTS), random.choice(WAYS))
    return " ".join(parts) + "."


def paragraph(random: Random, shortest: int, longest: int) -> str:
    """Return a paragraph of so many sentences."""
    return " ".join(sentence(random) for _number in range(random.randint(shortest, longest)))


def bullets(random: Random, shortest: int, longest: int) -> str:
    """Return a bullet list of so many items."""
    return "\n".join(f"- {sentence(random)}" for _number in range(random.randint(shortest, longest)))


def some(random: Random, choices: Sequence[Item], shortest: int, longest: int) -> list[Item]:
    """Return so many of `choices`, each once."""
    return random.sample(choices, min(random.randint(shortest, longest), len(choices)))


def sometimes(random: Random, share: float, value: Item, otherwise: Item) -> Item:
    """Return `value` in a share of all cases."""
    return value if random.random() < share else otherwise
