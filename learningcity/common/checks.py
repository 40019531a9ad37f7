"""What `manage.py check --deploy` asks beyond Django's own questions."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register
from django.core.files.storage import default_storage


@register(deploy=True)
def check_store(app_configs: Any, **_more: Any) -> list[Error]:
    """Tell whether the bucket of the settings keeps what it is given, and shows it to nobody else."""
    troubles = getattr(default_storage, "troubles", list)
    return [Error(said, id="learningcity.S001") for said in troubles()]
