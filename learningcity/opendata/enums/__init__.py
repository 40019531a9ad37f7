"""The words of numbers and of the catalog."""

from learningcity.opendata.enums.catalog import (
    DOWNLOADS,
    GDC,
    LICENSE_NAMES,
    LICENSE_TEXTS,
    OPEN_LICENSES,
    Category,
    Coverage,
    DataType,
    License,
    Objective,
    Rhythm,
    Standing,
    Way,
)
from learningcity.opendata.enums.columns import CHOOSABLE, COLUMN_TYPES
from learningcity.opendata.enums.numbers import Disability, Qualifier, Sex

__all__ = [
    "CHOOSABLE",
    "COLUMN_TYPES",
    "DOWNLOADS",
    "GDC",
    "LICENSE_NAMES",
    "LICENSE_TEXTS",
    "OPEN_LICENSES",
    "Category",
    "Coverage",
    "DataType",
    "Disability",
    "License",
    "Objective",
    "Qualifier",
    "Rhythm",
    "Sex",
    "Standing",
    "Way",
]
