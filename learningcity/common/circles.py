"""A rule of the database: in a list whose rows name others of it, nothing leads back to itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Somebody who joins a row to another one waits for whoever does the same: else two could close a circle together, and
# neither would see what the other one wrote. No row leads to one that was not there before, so adding one need not wait.
CREATE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended({label}, 0));
    END IF;
    IF EXISTS (
        WITH RECURSIVE upper AS (
            SELECT NEW.{column} AS id
            UNION SELECT {table}.{column} FROM {table} JOIN upper ON {table}.{key} = upper.id
        )
        SELECT FROM upper WHERE id = NEW.{key}
    ) THEN
        RAISE EXCEPTION 'new row for relation % violates constraint "%"', TG_TABLE_NAME, TG_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = {label};
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION {name}();
"""
REMOVE = "DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


def leads_to(rows: models.QuerySet[Any], field: str, start: Any, goal: Any, key: str = "pk") -> bool:
    """Return whether a row is another one, or leads to it by a key to its own table, however many stand between."""
    seen: set[Any] = set()
    here = start
    while here and here not in seen:
        if here == goal:
            return True
        seen.add(here)
        here = rows.filter(**{key: here}).values_list(f"{field}__{key}", flat=True).first()
    return False


class NoCircle(models.BaseConstraint):
    """Refuse a row that leads back to itself by a key to its own table, however many rows stand between."""

    def __init__(self, *, field: str, name: str, violation_error_message: Any = None) -> None:
        super().__init__(name=name, violation_error_code="circle", violation_error_message=violation_error_message)
        self.field = field

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        return self._filled(CREATE, model, schema_editor)

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        return self._filled(REMOVE, model, schema_editor)

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Leave the rule until its table is there."""
        assert schema_editor is not None  # noqa: S101 -- Django always gives one
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Do nothing for a row that leads elsewhere.

        :raises ValidationError: at the field, if it leads back to itself.
        """
        upper = getattr(instance, model._meta.get_field(self.field).attname)  # type: ignore[union-attr]
        rows = model._default_manager.using(using).all()
        if self.field not in (exclude or ()) and instance.pk and leads_to(rows, self.field, upper, instance.pk):
            said = ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
            raise ValidationError({self.field: said})

    def deconstruct(self) -> Any:
        path, args, options = super().deconstruct()
        # It is always the same.
        options.pop("violation_error_code", None)
        return path, args, {**options, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoCircle) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def _filled(self, text: str, model: Any, editor: Any) -> str:
        return text.format(
            name=editor.quote_name(self.name),
            label=editor.quote_value(self.name),
            table=editor.quote_name(model._meta.db_table),
            column=editor.quote_name(model._meta.get_field(self.field).column),
            key=editor.quote_name(model._meta.pk.column),
        )
