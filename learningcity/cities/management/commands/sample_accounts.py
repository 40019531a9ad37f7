"""Accounts for trying the site on one's own machine. Their password is known to everybody, so only the demo has them.

The secretariat comes with its second factor set up, and with codes to copy: who tries the site for five minutes should not need a
phone for it. How setting one up feels can be tried with any other account.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from learningcity.accounts.actions import open_account
from learningcity.accounts.models import User
from learningcity.accounts.queries import account_with_address
from learningcity.cities.actions import grant_role
from learningcity.cities.models import City, Role

PASSWORD = "learning-city-demo"  # noqa: S105 -- it opens nothing but the demo
TOTP_SECRET = "LEARNINGCITYDEMOLEARNINGCITYDEMO"  # noqa: S105
SEED = "sample codes of the demo"
SAMPLES = (
    ("secretariat@example.org", "ตัวอย่าง: สำนักเลขานุการ / Sample: secretariat", "secretariat", None),
    ("editor.khonkaen@example.org", "ตัวอย่าง: เจ้าหน้าที่เมืองขอนแก่น / Sample: Khon Kaen editor", "editor", "khon-kaen"),
    ("approver.khonkaen@example.org", "ตัวอย่าง: ผู้อนุมัติเมืองขอนแก่น / Sample: Khon Kaen approver", "approver", "khon-kaen"),
    ("editor.chiangmai@example.org", "ตัวอย่าง: เจ้าหน้าที่เมืองเชียงใหม่ / Sample: Chiang Mai editor", "editor", "chiang-mai"),
    (
        "approver.chiangmai@example.org",
        "ตัวอย่าง: ผู้อนุมัติเมืองเชียงใหม่ / Sample: Chiang Mai approver",
        "approver",
        "chiang-mai",
    ),
)


class Command(BaseCommand):
    help = "Make the sample accounts of the demo, or put their passwords and codes back; prints how to sign in."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Sample accounts exist in the demo only; use create_account for a real one.")
        codes: list[str] = []
        self.stdout.write(f"Sample accounts, password of all: {PASSWORD}")
        for email, name, kind, slug in SAMPLES:
            city = City.objects.filter(slug=slug).first()
            if slug and not city:
                continue
            user = account_with_address(email) or open_account(User(email=email, name=name), by=None)
            if not user.check_password(PASSWORD):
                user.set_password(PASSWORD)
                user.is_staff = kind == "secretariat"
                user.save(update_fields=["password", "is_staff"])
            if not Role.objects.filter(user=user, kind=kind, city=city, ends_on__isnull=True).exists():
                grant_role(Role(user=user, kind=kind, city=city, starts_on=timezone.localdate()), by=None)
            if kind == "secretariat":
                codes = set_up_second_factor(user)
            self.stdout.write(f"  {email:<31}{name}")
        self.stdout.write(
            f"The secretariat is asked for a code as well. Without a phone, each of these once: {' '.join(codes)}"
        )
        self.stdout.write(f"With an authenticator app, from this secret: {TOTP_SECRET}")


def set_up_second_factor(user: User) -> list[str]:
    """Give a sample account an app's secret and codes that are the same every time, and return the codes."""
    kinds = {"totp": {"secret": encrypt(TOTP_SECRET)}, "recovery_codes": {"seed": encrypt(SEED), "used_mask": 0}}
    for kind, data in kinds.items():
        Authenticator.objects.update_or_create(user=user, type=kind, defaults={"data": data})
    return RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).generate_codes()
