"""The databases of the tests: copies of one whose tables were made once, emptied as far as a test filled them."""

import fcntl
import hashlib
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[1]
# Whatever says how tables are made. When one of these files changes, the migrations run again, from the first.
MADE_OF = (
    "learningcity/*/migrations/*.py",
    "learningcity/*/models.py",
    "learningcity/*/models/*.py",
    "learningcity/*/management/*.py",
    "learningcity/common/*.py",
    "learningcity/config/launch/roles.sql",
    "learningcity/config/settings.py",
    "requirements-dev.lock",
)
# What stands in a database in which all migrations have run.
KEPT = {"auth_permission", "django_content_type", "django_migrations"}
FILLED = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"


def migrated() -> str:
    """Return the name of the database to copy, made by the first process that asks for it."""
    name = f"template_{fingerprint()}"
    with (settings.STATE / "template.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        known = databases()
        if name not in known:
            make(name)
            # Those of other days; one that is being copied stays.
            ask(*(f"DROP DATABASE IF EXISTS {other}" for other in known if other.startswith("template_")))
    return name


def fingerprint() -> str:
    paths = sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in paths)).hexdigest()[:12]


def databases() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return [name for (name,) in cursor.fetchall()]


def ask(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def make(name: str) -> None:
    """Run all migrations in a new database, which gets its name only when it is complete."""
    ours, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    wanted, test["NAME"] = test["NAME"], "unfinished_template"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = ours
    test["NAME"] = wanted
    ask(f"ALTER DATABASE unfinished_template RENAME TO {name}")


def empty(*_case: object) -> None:
    """Delete what a test without a transaction left; to make each table anew, as Django does, takes a hundred times as long."""
    whole = {"host": connection.settings_dict["HOST"], "dbname": connection.settings_dict["NAME"]}
    # Only the superuser may do so without the triggers, which keep what was written once and which rows refer to.
    with psycopg.connect(**whole, user="postgres") as superuser:
        superuser.execute("SET session_replication_role = replica")
        for (name,) in superuser.execute(FILLED).fetchall():
            if name not in KEPT:
                superuser.execute(f"DELETE FROM {name}")
