"""What the platform publishes of itself, with the facts of data/ loaded."""

import duckdb
import pytest
from django.conf import settings

from learningcity.opendata.queries import live_table
from learningcity.opendata.registry import publications

pytestmark = pytest.mark.django_db
NAMES = [publication.name for publication in publications()]


@pytest.fixture(scope="module")
def tables(_real_data, tmp_path_factory):
    """Every publication as Parquet and as rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "TABLE_SHELF", tmp_path_factory.mktemp("tables"))
        made = {publication.name: live_table(publication) for publication in publications()}
        yield made, {publication.name: list(publication.rows()) for publication in publications()}


@pytest.mark.parametrize("publication", publications(), ids=NAMES)
def test_a_publication_has_a_value_for_each_column_and_its_key_tells_rows_apart(tables, publication):
    rows = tables[1][publication.name]
    names = [column.name for column in publication.columns]
    keys = [tuple(row[names.index(name)] for name in publication.key) for row in rows]

    assert {len(row) for row in rows} <= {len(names)}
    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("publication", publications(), ids=NAMES)
def test_what_a_publication_points_at_is_there(tables, publication):
    def said(table, column):
        return {value for (value,) in duckdb.sql(f"SELECT {column} FROM '{tables[0][table]}'").fetchall()}

    for column, table, key in publication.points_at:
        assert said(publication.name, column) - said(table, key) <= {None}
    assert all(column.title.th and column.title.en for column in publication.columns)
