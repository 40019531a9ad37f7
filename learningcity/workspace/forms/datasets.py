"""What people say when they bring files and when they withdraw a dataset."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.common.content import ContentForm, Pair, Section


class WithdrawForm(ContentForm):
    """Why a dataset is withdrawn; the words stand at its address from then on."""

    pairs = {
        "reason": Pair(
            label=_("Why it is withdrawn"),
            hint=_("Whoever cited it reads this at its address. Name no person."),
            example=_(
                "“นับซ้ำสองโรงเรียน ฉบับที่ถูกต้องอยู่ในชุดข้อมูลใหม่”, “Two schools were counted twice; the right numbers stand "
                "in the new dataset.”"
            ),
            longest=500,
        )
    }
    sections = (Section(_("The reason"), ("reason",)),)


class DescribeForm(forms.Form):
    """Which files shall be described, and whether they become a new dataset or the next version of one."""

    uploads = forms.MultipleChoiceField(
        label=_("Files"), error_messages={"required": _("Choose at least one file that is read.")}
    )
    dataset = forms.ChoiceField(label=_("What they become"), required=False)

    def __init__(
        self, *words: Any, uploads: list[tuple[str, str]], datasets: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*words, **more)
        files: Any = self.fields["uploads"]
        files.choices = uploads
        chosen: Any = self.fields["dataset"]
        chosen.choices = [("", _("a new dataset")), *datasets]
