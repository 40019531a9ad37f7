"""The words of numbers and of the catalog."""

from learningcity.opendata.enums.catalog import (
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
)
from learningcity.opendata.enums.numbers import Disability, Qualifier, Sex

__all__ = [
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
]
