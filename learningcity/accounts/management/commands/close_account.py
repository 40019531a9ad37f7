from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learningcity.accounts.actions import close_account
from learningcity.accounts.queries import account_with_address


class Command(BaseCommand):
    help = "Close an account: its owner is signed out everywhere and cannot come back. Name and history stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        user = account_with_address(email)
        if not user:
            raise CommandError(f"There is no open account with the address {email}.")
        close_account(user, by=None)
        self.stdout.write(f"{user.email} is closed.")
