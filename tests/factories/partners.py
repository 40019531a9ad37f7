import datetime as dt
import hashlib
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from learningcity.partners.models import (
    Agreement,
    AgreementFile,
    Announcement,
    Clerk,
    Commitment,
    Contact,
    Evidence,
    Goal,
    GoalLink,
    Invitation,
    MentorPair,
    NetworkPicture,
    Organization,
    Party,
    Presence,
    Signatory,
    StudyVisit,
    Target,
)
from tests.factories.accounts import make_user
from tests.factories.cities import make_city
from tests.factories.opendata import make_observation
from tests.factories.sources import make_source

_numbers = count(1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def make_organization(**changes: Any) -> Organization:
    """Make a public organization without a home city, a place or a contact."""
    number = next(_numbers)
    return Organization.objects.create(
        **{
            "slug": f"organization-{number:04}",
            "sector": "public",
            "kind": "state_agency",
            "name_th": f"หน่วยงาน {number:04}",
            "name_en": f"Organization {number:04}",
            "original": "th",
            **_with(changes, "source", make_source),
        }
    )


def make_presence(**changes: Any) -> Presence:
    changes = _with(_with(changes, "organization", make_organization), "city", make_city)
    return Presence.objects.create(**_with(changes, "source", make_source))


def make_contact(**changes: Any) -> Contact:
    changes = _with(changes, "organization", make_organization)
    return Contact.objects.create(**{"person": "Sample Contact", "email": "contact@example.org", **changes})


def make_agreement(**changes: Any) -> Agreement:
    """Make an agreement that was signed and names no end."""
    number = next(_numbers)
    return Agreement.objects.create(
        **{
            "slug": f"agreement-{number:04}",
            "title_th": f"บันทึกข้อตกลง {number:04}",
            "title_en": f"Agreement {number:04}",
            "original": "th",
            "signed_on": dt.date(2024, 9, 17),
            **_with(_with(changes, "city", make_city), "source", make_source),
        }
    )


def make_file(content: bytes = PDF, **changes: Any) -> AgreementFile:
    return AgreementFile.objects.create(
        **{
            "file": ContentFile(content, name="agreement.pdf"),
            "name": "agreement.pdf",
            "sha256": hashlib.sha256(content).hexdigest(),
            "media_type": "application/pdf",
            "size": len(content),
            **_with(changes, "agreement", make_agreement),
        }
    )


def make_party(**changes: Any) -> Party:
    changes = _with(_with(changes, "agreement", make_agreement), "organization", make_organization)
    return Party.objects.create(**_with(changes, "source", make_source))


def make_signatory(**changes: Any) -> Signatory:
    number = next(_numbers)
    return Signatory.objects.create(
        **{
            "name_th": f"บุคคลตัวอย่าง {number:04}",
            "name_en": f"Sample Person {number:04}",
            "position_th": "ผู้อำนวยการ",
            "position_en": "Director",
            **_with(_with(changes, "party", make_party), "source", make_source),
        }
    )


def make_goal(number: int = 4, **changes: Any) -> Goal:
    """Return the goal of this number, made if it is not there yet."""
    known = {"name_th": f"เป้าหมายที่ {number}", "name_en": f"Goal {number}", "original": "en", **changes}
    if found := Goal.objects.filter(number=number).first():
        return found
    return Goal.objects.create(number=number, **_with(known, "source", make_source))


def make_target(code: str = "", **changes: Any) -> Target:
    """Make a target of the goal in its code, or one of the fourth goal that no other test names."""
    number = next(_numbers) % 900 + 100
    code = code or f"4.{number}"
    if "goal" not in changes:
        changes["goal"] = make_goal(int(code.split(".", maxsplit=1)[0]))
    return Target.objects.create(
        **{"code": code, "position": number, "original": "en", **_with(changes, "source", make_source)}
    )


def make_goal_link(**changes: Any) -> GoalLink:
    changes = _with(_with(changes, "agreement", make_agreement), "goal", make_goal)
    return GoalLink.objects.create(
        **{"reason_th": "เหตุผล", "reason_en": "A reason.", "original": "th", **_with(changes, "source", make_source)}
    )


def make_announcement(**changes: Any) -> Announcement:
    changes = _with(changes, "agreement", make_agreement)
    if "observation" not in changes:
        changes["observation"] = make_observation(city=changes["agreement"].city)
    return Announcement.objects.create(**{"of": "parties", **changes})


def make_commitment(**changes: Any) -> Commitment:
    """Make a promise that nobody has confirmed; with a later state, one that both sides confirmed."""
    number = next(_numbers)
    state = changes.get("state", "proposed")
    said: dict[str, Any] = {}
    if state != "proposed":
        said = {"confirmed_by_partner_at": timezone.now(), "confirmed_by_city_at": timezone.now()}
    if state in ("kept", "broken", "withdrawn"):
        said["settled_on"] = dt.date(2025, 1, 1)
    return Commitment.objects.create(
        **{
            "slug": f"commitment-{number:04}",
            "kind": "money",
            "amount": 1000,
            "unit_th": "บาท",
            "unit_en": "baht",
            "text_th": f"คำมั่น {number:04}",
            "text_en": f"Promise {number:04}",
            "original": "th",
            **said,
            **_with(_with(changes, "organization", make_organization), "city", make_city),
        }
    )


def make_evidence(**changes: Any) -> Evidence:
    changes = _with(_with(changes, "commitment", make_commitment), "by", make_user)
    return Evidence.objects.create(**{"side": "partner", "text_th": "ทำแล้ว", "text_en": "It is done.", **changes})


def make_invitation(**changes: Any) -> Invitation:
    number = next(_numbers)
    return Invitation.objects.create(
        **{
            "email": f"clerk{number:04}@example.org",
            "token_hash": hashlib.sha256(str(number).encode()).hexdigest(),
            "expires_at": timezone.now() + dt.timedelta(days=14),
            **_with(changes, "organization", make_organization),
        }
    )


def make_clerk(**changes: Any) -> Clerk:
    changes = _with(_with(changes, "organization", make_organization), "user", make_user)
    return Clerk.objects.create(**{"starts_on": dt.date(2024, 1, 1), **changes})


def make_mentor_pair(**changes: Any) -> MentorPair:
    changes = _with(_with(changes, "mentor", make_city), "learner", make_city)
    return MentorPair.objects.create(
        **{"topic_th": "หัวข้อ", "topic_en": "A subject", "starts_on": dt.date(2024, 1, 1), **changes}
    )


def make_visit(**changes: Any) -> StudyVisit:
    """Make a visit that was asked for; with a later state, one that says what came of it."""
    said: dict[str, str] = {}
    if changes.get("state") in ("done", "followed_up"):
        said |= {"learned_th": "ได้เรียนรู้", "learned_en": "Something was learned."}
    if changes.get("state") == "followed_up":
        said |= {"follow_up_th": "นำไปใช้", "follow_up_en": "It is used."}
    changes = _with(_with(changes, "host", make_city), "guest", make_city)
    return StudyVisit.objects.create(
        **{
            "topic_th": "หัวข้อ",
            "topic_en": "A subject",
            "visits_on": dt.date(2025, 1, 15),
            "participants": 12,
            **said,
            **changes,
        }
    )


def make_network_picture(**changes: Any) -> NetworkPicture:
    """Make a picture of two nodes that fits no network."""
    return NetworkPicture.objects.create(
        **{"scope": "all", "stamp": f"1:{'0' * 64}", "places": [[0, 0], [40, 0]], "width": 60, "height": 20, **changes}
    )


def _with(changes: dict[str, Any], name: str, make: Any) -> dict[str, Any]:
    return changes if name in changes else {name: make(), **changes}
