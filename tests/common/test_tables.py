import pytest

from learningcity.common.tables import Cell, Column, Table


def test_lines_give_each_cell_its_column():
    name, population = Column("City"), Column("People", is_number=True)
    table = Table("Cities", (name, population), ((Cell("Yala"), Cell(3)),))

    assert table.lines == [[(name, Cell("Yala")), (population, Cell(3))]]


def test_table_with_a_short_row_is_refused():
    with pytest.raises(ValueError, match="one cell for each column"):
        Table("Cities", (Column("City"), Column("People")), ((Cell("Yala"),),))
