from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from learningcity.accounts.actions import open_account, send_welcome
from learningcity.accounts.models import User
from learningcity.accounts.queries import account_with_address, password_link
from learningcity.cities.actions import grant_role
from learningcity.cities.enums import RoleKind
from learningcity.cities.models import City, Role


class Command(BaseCommand):
    help = "Open an account, or find it, give it a role, and print the link with which its owner chooses a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="as it stands beside what the person does")
        parser.add_argument("--language", choices=["th", "en"], default="th", help="of the mail to this person")
        parser.add_argument("--role", choices=RoleKind.values)
        parser.add_argument("--city", metavar="SLUG", help="whose editor or approver the person is")
        parser.add_argument("--staff", action="store_true", help="may look into the administration")
        parser.add_argument("--mail", action="store_true", help="send the link as well as printing it")

    @transaction.atomic
    def handle(self, *, email: str, role: str | None, city: str | None, mail: bool, **options: Any) -> None:
        if city and not role:
            raise CommandError("--city says where, but not what: add --role.")
        try:
            user = account_with_address(email) or self.open(email, options)
            if role:
                given = Role(user=user, kind=role, city=self.find_city(city), starts_on=timezone.localdate())
                grant_role(given, by=None)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        self.stdout.write(f"{user.email}: a password is chosen here, once, within three days:\n{password_link(user)}")
        if mail:
            send_welcome(user)
            self.stdout.write("Sent.")

    def open(self, email: str, options: dict[str, Any]) -> User:
        words = {"name": options["name"], "language": options["language"], "is_staff": options["staff"]}
        return open_account(User(email=User.objects.normalize_email(email.strip()), **words), by=None)

    def find_city(self, slug: str | None) -> City | None:
        """Return the city of this address, or none for none.

        :raises CommandError: if there is no such city.
        """
        try:
            return City.objects.get(slug=slug) if slug else None
        except City.DoesNotExist:
            raise CommandError(f"There is no city “{slug}”.") from None
