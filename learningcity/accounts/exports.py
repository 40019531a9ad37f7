"""Everything the database holds about a person, as they may take it away."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, Model
from django.db.models.fields.files import FieldFile

from learningcity.accounts import registry
from learningcity.accounts.models import User
from learningcity.accounts.queries import relations_to_account, rows_behind

# What would let whoever reads the file into the account.
SECRETS = {
    "accounts.User.password",
    "mfa.Authenticator.data",
    "usersessions.UserSession.session_key",
}
KEPT_BACK = "kept back: it would open your account to whoever reads this file"


def data_about(user: User) -> dict[str, list[dict[str, Any]]]:
    """Return everything about a person by kind; found by walking all relations, so that no table can be forgotten."""
    found = {user._meta.label: [as_words(user)]}
    for relation in relations_to_account():
        rows = rows_behind(relation, user).order_by("pk")
        if words := [as_words(row) for row in rows]:
            found.setdefault(rows.model._meta.label, []).extend(words)
    for title, rows_about in registry.records_about.items():
        if words := [as_words(row) for row in rows_about(user)]:
            found[title] = words
    return found


def as_json(found: dict[str, list[dict[str, Any]]]) -> bytes:
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def as_words(record: Model) -> dict[str, Any]:
    """Return the columns of a row; what a foreign key points to is named, unless it is an account."""
    return {field.name: column(record, field) for field in record._meta.concrete_fields}


def column(record: Model, field: Any) -> Any:
    if f"{record._meta.label}.{field.name}" in SECRETS | registry.secret_columns:
        return KEPT_BACK
    value = field.value_from_object(record)
    if value is not None and isinstance(field, ForeignKey) and field.related_model is not User:
        return {"key": value, "name": str(getattr(record, field.name))}
    # A file is named; it is not part of the list.
    return value.name if isinstance(value, FieldFile) else value
