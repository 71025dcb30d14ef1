"""Invented organisations with services, in the proportions of a real directory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from directory.models import (
    Hotline,
    HotlineTerm,
    Location,
    Organisation,
    OrganisationTerm,
    OrganisationText,
    Service,
    ServiceTerm,
)
from directory.models.services import houses_people
from platform_site.home.management.scale.words import names, paragraph, place, sentence, some, sometimes
from platform_site.records.addresses import plain_slug
from platform_site.vocabulary.store import Entry, vocabulary

# Offices where many answer, then the others: entries are never spread evenly.
LARGE = ("IT", "DE", "FR", "ES", "RO", "GB", "PL", "NL")
LANGUAGES = ("en", "ro", "ru", "fr", "es", "bg", "ar", "uk", "sq", "it", "de", "tr", "zh", "vi")
FIRST_NUMBER = "+44 20 7946 0"


class Offered:
    """The terms that invented records may have, by list."""

    def __init__(self) -> None:
        self.countries = [entry for entry in vocabulary("countries") if entry.attributes.get("directory") == "yes"]
        self.large = [entry for entry in self.countries if entry.code in LARGE]
        self.lists = {
            name: vocabulary(name).offered()
            for name in (
                "service_types",
                "target_groups",
                "exploitation_types",
                "genders",
                "ages",
                "membership_statuses",
            )
        }
        self.languages = [entry for entry in vocabulary("languages") if entry.code in LANGUAGES]
        self.ngo = vocabulary("organisation_types")["ngo"]
        self.types = vocabulary("organisation_types").offered()

    def country(self, random: Random) -> Entry:
        """Return a country."""
        return random.choice(self.large if random.random() < 0.5 else self.countries)


def organisations(
    random: Random, today: dt.date, taken_names: set[str], taken_slugs: set[str]
) -> Iterator[Organisation]:
    """Yield unsaved organisations without end."""
    offered = Offered()
    for name in names(random, taken_names):
        slug = plain_slug(name)
        while slug in taken_slugs:
            slug = f"{slug}-x"
        taken_slugs.add(slug)
        yield _organisation(random, name, slug, offered, today)


def _organisation(random: Random, name: str, slug: str, offered: Offered, today: dt.date) -> Organisation:
    country = offered.country(random)
    is_public = random.random() < 0.3
    confirmed = today - dt.timedelta(days=random.randint(0, 700)) if random.random() < 0.7 else None
    organisation = Organisation(
        name=name,
        slug=slug,
        country_id=country.id,
        organisation_type_id=sometimes(random, 0.8, offered.ngo, random.choice(offered.types)).id,
        acronym=sometimes(random, 0.2, "".join(word[0] for word in name.split()), ""),
        founded=random.randint(1950, today.year) if random.random() < 0.6 else None,
        website=f"https://{slug}.example.org",
        office_email=f"office@{slug[:60]}.example.org",
        office_phone=f"{FIRST_NUMBER}{random.randint(0, 999):03}",
        office_public=is_public,
        membership_status_id=random.choice(offered.lists["membership_statuses"]).id if random.random() < 0.6 else None,
        confirmed_on=confirmed,
        imported_on=None if confirmed else today - dt.timedelta(days=random.randint(0, 500)),
        source="Invented for measuring",
        audience=sometimes(random, 0.05, "members", "public"),
    )
    organisation.texts = [OrganisationText(language="en", is_original=True, description=paragraph(random, 2, 5))]
    terms = [
        OrganisationTerm(term_id=term.id, sort_order=n) for n, term in enumerate(some(random, offered.languages, 1, 3))
    ]
    abroad = some(random, [entry for entry in offered.countries if entry != country], 0, 2)
    organisation.terms = terms + [OrganisationTerm(term_id=term.id, sort_order=n) for n, term in enumerate(abroad)]
    organisation.locations = [Location(city=place(random), shown=True, public=is_public)]
    services = [
        _service(random, country, offered, today, number) for number in range(random.choice((1, 3, 4, 5, 6, 8, 11)))
    ]
    organisation.services = services
    organisation.hotlines = [_hotline(random, country, offered)] if random.random() < 0.1 else []
    return organisation


def _service(random: Random, country: Entry, offered: Offered, today: dt.date, number: int) -> Service:
    service_type = random.choice(offered.lists["service_types"])
    shelters = houses_people(service_type.code)
    state = random.choice(("open", "waiting_list", "full")) if random.random() < 0.2 else ""
    service = Service(
        sort_order=number,
        service_type_id=service_type.id,
        name=sometimes(random, 0.7, sentence(random)[:200], ""),
        region=sometimes(random, 0.4, place(random), ""),
        accommodation="yes" if shelters else "",
        conditions=sometimes(random, 0.3, sentence(random), ""),
        cost=sometimes(random, 0.4, "free", ""),
        referral_needed=random.choice(("", "", "yes", "no")),
        cooperation_required=random.choice(("", "", "no")),
        residence_status=random.choice(("", "", "any", "regular")),
        hours=sometimes(random, 0.3, "Mon-Fri 9:00-17:00", ""),
        capacity_state=state,
        capacity_as_of=today - dt.timedelta(days=random.randint(0, 90)) if state else None,
        as_of=random.randint(2019, today.year),
    )
    chosen = [
        some(random, offered.lists["target_groups"], 0, 3),
        some(random, offered.lists["exploitation_types"], 0, 2),
        some(random, offered.lists["genders"], 0, 2),
        some(random, offered.lists["ages"], 0, 2),
        some(random, offered.languages, 0, 4),
        [country] if random.random() < 0.8 else [],
    ]
    service.terms.set([ServiceTerm(term_id=term.id, sort_order=n) for terms in chosen for n, term in enumerate(terms)])
    return service


def _hotline(random: Random, country: Entry, offered: Offered) -> Hotline:
    hotline = Hotline(
        number=f"{FIRST_NUMBER}{random.randint(0, 999):03}",
        hours=random.choice(("24/7", "Mon-Fri 9:00-20:00")),
        free=random.choice(("", "yes")),
    )
    chosen = [some(random, offered.languages, 1, 4), [country]]
    hotline.terms.set([HotlineTerm(term_id=term.id, sort_order=n) for terms in chosen for n, term in enumerate(terms)])
    return hotline
