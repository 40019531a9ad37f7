from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.accounts.models import User
from learningcity.accounts.queries import account_with_address
from learningcity.cities.models import City, Role
from learningcity.common.forms import DayField


def account_field() -> forms.EmailField:
    """Return the field that names an account by its address."""
    return forms.EmailField(
        label=gettext_lazy("E-mail address of the account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def account_behind(email: str) -> User:
    """Return the account behind an address.

    :raises ValidationError: if there is none.
    """
    if user := account_with_address(email):
        return user
    raise ValidationError(_("There is no open account with this address. The secretariat opens accounts."))


class GrantForm(forms.ModelForm):
    """Who gets which role. The row is written by the action, not by the form."""

    email = account_field()
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("The first day without the role, with the Christian year; empty while nobody knows."),
    )

    field_order = ("email", "kind", "city", "starts_on", "ends_on")

    class Meta:
        model = Role
        fields = ("kind", "city", "starts_on", "ends_on")
        help_texts = {"city": gettext_lazy("For the roles of city officers; the secretariat works for all.")}

    def __init__(self, *words: object, **more: object) -> None:
        super().__init__(*words, **more)  # type: ignore[arg-type]
        self.fields["city"].queryset = City.objects.order_by("sort_th", "pk")  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = timezone.localdate

    def clean_email(self) -> User:
        """Return the account behind the address.

        :raises ValidationError: if there is none.
        """
        user = account_behind(self.cleaned_data["email"])
        # Set here, so that the rules of the database are tried against the whole row.
        self.instance.user = user
        return user


class EndForm(forms.Form):
    on = DayField(
        label=gettext_lazy("First day without the role"),
        help_text=gettext_lazy("Today ends it at once. With the Christian year, for instance 2026-11-30."),
        initial=timezone.localdate,
    )


class DeputyForm(forms.Form):
    """Who stands in for the holder of a role, and for how long."""

    email = account_field()
    starts_on = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    ends_on = DayField(
        label=gettext_lazy("Until before"),
        help_text=gettext_lazy("The first day without the deputy, at most 90 days later, with the Christian year."),
    )

    def clean_email(self) -> User:
        return account_behind(self.cleaned_data["email"])


class HandOverForm(forms.Form):
    """Who takes a role over, and when."""

    email = account_field()
    on = DayField(
        label=gettext_lazy("First day of the new holder"),
        help_text=gettext_lazy("Today hands it over at once. With the Christian year, for instance 2026-11-30."),
        initial=timezone.localdate,
    )

    def clean_email(self) -> User:
        return account_behind(self.cleaned_data["email"])


class InviteForm(forms.ModelForm):
    """Who gets an account. The row is written by the action, which also tries it."""

    class Meta:
        model = User
        fields = ("email", "name", "language")
        help_texts = {
            "email": gettext_lazy("The way in is sent there, so it must be the person’s own."),
            "name": gettext_lazy("As it stands beside what the person does, for instance with the office."),
            "language": gettext_lazy("Of the mails to this person."),
        }

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"].strip())
