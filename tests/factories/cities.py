import datetime as dt
from itertools import count
from typing import Any

from learningcity.cities.models import (
    Alias,
    City,
    Component,
    DrivingBody,
    LocalAuthority,
    Membership,
    Milestone,
    Network,
    Office,
    Person,
    Policy,
    Profile,
    Province,
    Role,
)
from tests.factories.accounts import make_user
from tests.factories.sources import make_source

# Padded where they are used, so that names sort in the order in which they were made.
_numbers = count(1)
_codes = count(1)


def make_province(**changes: Any) -> Province:
    number = next(_numbers)
    return Province.objects.create(
        **{
            # Two digits are all there are, so the ninety-first province of one test would collide.
            "code": f"{10 + next(_codes) % 90}",
            "name_th": f"จังหวัด {number:04}",
            "name_en": f"Province {number:04}",
            "region": "northeast",
            **_source(changes),
        }
    )


def make_city(**changes: Any) -> City:
    """Make a municipality without a location, an authority or any membership."""
    number = next(_numbers)
    changes.setdefault("province", None)
    return City.objects.create(
        **{
            "slug": f"city-{number:04}",
            "kind": "municipality",
            "name_th": f"เมือง {number:04}",
            "name_en": f"City {number:04}",
            **changes,
            "province": changes["province"] or make_province(),
        }
    )


def make_authority(**changes: Any) -> LocalAuthority:
    return LocalAuthority.objects.create(
        **{
            "kind": "city_municipality",
            "name_th": "เทศบาลนคร",
            "name_en": "City Municipality",
            **_source(_city(changes)),
        }
    )


def make_driving_body(**changes: Any) -> DrivingBody:
    return DrivingBody.objects.create(**{"name_th": "มหาวิทยาลัย", "name_en": "University", **_source(_city(changes))})


def make_alias(**changes: Any) -> Alias:
    return Alias.objects.create(**{"name": f"Alias {next(_numbers):04}", "kind": "alias", **_city(changes)})


def make_network(**changes: Any) -> Network:
    number = next(_numbers)
    return Network.objects.create(
        **{
            "slug": f"network-{number:04}",
            "name_th": f"เครือข่าย {number:04}",
            "name_en": f"Network {number:04}",
            "scope": "global",
            **_source(changes),
        }
    )


def make_membership(*statuses: tuple[str, dt.date], **changes: Any) -> Membership:
    """Make a membership with these (state, first day) rows; with none given, active since 14 February 2024."""
    if "network" not in changes:
        changes["network"] = make_network()
    membership = Membership.objects.create(**_city(changes))
    source = make_source()
    for state, starts_on in statuses or [("active", dt.date(2024, 2, 14))]:
        membership.statuses.create(state=state, starts_on=starts_on, source=source)
    return membership


def make_profile(**changes: Any) -> Profile:
    return Profile.objects.create(
        **{
            "introduction_th": "บทนำ",
            "introduction_en": "An introduction.",
            "vision_th": "วิสัยทัศน์",
            "vision_en": "A vision.",
            "original": "en",
            "as_of": dt.date(2024, 2, 14),
            **_source(_city(changes)),
        }
    )


def make_policy(**changes: Any) -> Policy:
    if "profile" not in changes:
        changes["profile"] = make_profile()
    return Policy.objects.create(
        **{
            "theme": "equity_inclusion",
            "text_th": "นโยบาย",
            "text_en": "A policy.",
            "original": "en",
            **changes,
        }
    )


def make_milestone(**changes: Any) -> Milestone:
    number = next(_numbers)
    return Milestone.objects.create(
        **{
            "slug": f"milestone-{number:04}",
            "happened_on": dt.date(2024, 2, 14),
            "text_th": f"เหตุการณ์ {number:04}",
            "text_en": f"Event {number:04}",
            "original": "en",
            **_source(_city(changes)),
        }
    )


def make_component(**changes: Any) -> Component:
    return Component.objects.create(
        **{
            "kind": "people",
            "name_th": "ผู้คน",
            "name_en": "People",
            "original": "en",
            **_source(_city(changes)),
        }
    )


def make_person(**changes: Any) -> Person:
    number = next(_numbers)
    return Person.objects.create(
        **{"slug": f"person-{number:04}", "name_th": f"บุคคล {number:04}", "name_en": f"Person {number:04}", **changes}
    )


def make_office(**changes: Any) -> Office:
    if "person" not in changes:
        changes["person"] = make_person()
    return Office.objects.create(
        **{
            "kind": "mayor",
            "title_th": "นายกเทศมนตรี",
            "title_en": "Mayor",
            "as_of": dt.date(2024, 10, 9),
            **_source(_city(changes)),
        }
    )


def make_role(**changes: Any) -> Role:
    """Make an editor of a city, or, told ``kind="secretariat"``, somebody who works for the whole network."""
    if "user" not in changes:
        changes["user"] = make_user()
    if changes.get("kind") != "secretariat":
        changes = _city(changes)
    return Role.objects.create(**{"kind": "editor", "starts_on": dt.date(2024, 1, 1), **changes})


def _city(changes: dict[str, Any]) -> dict[str, Any]:
    return changes if "city" in changes else {"city": make_city(), **changes}


def _source(changes: dict[str, Any]) -> dict[str, Any]:
    return changes if "source" in changes else {"source": make_source(), **changes}
