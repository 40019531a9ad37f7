from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from learningcity.accounts.adapter import keys

ENCRYPTED = ("secret", "seed")


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors with the newest SECRET_KEY, so that the former one can be forgotten."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        renewed = 0
        for authenticator in Authenticator.objects.select_for_update().order_by("pk"):
            for name in ENCRYPTED:
                if name in authenticator.data:
                    authenticator.data[name] = keys().rotate(authenticator.data[name].encode()).decode()
                    authenticator.save(update_fields=["data"])
                    renewed += 1
        self.stdout.write(f"{renewed} secrets are encrypted with the newest key.")
