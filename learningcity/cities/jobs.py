from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.accounts.models import User
from learningcity.cities.actions import move_work
from learningcity.cities.models import Role


@app.task(pass_context=False)
def move_work_on_its_day(role: int, new: int, by: int) -> None:
    """Give the work of a role that was handed over for today to whoever holds it now."""
    former, latter = (Role.objects.select_related("user", "city").get(pk=pk) for pk in (role, new))
    author = User.objects.get(pk=by)
    # Who ordered it may have left the secretariat since; then it counts as the doing of whoever had the work.
    move_work(former, latter, by=author if author.has_perm("cities.grant_role") else former.user)
