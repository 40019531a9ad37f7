"""Numbers with their sources, and the catalog of what can be taken away."""

from learningcity.opendata.models.changes import Change
from learningcity.opendata.models.datasets import (
    Dataset,
    Distribution,
    File,
    Upload,
    Version,
    stored_name,
    upload_name,
)
from learningcity.opendata.models.numbers import DIMENSIONS, TOTAL, UNITS_OF_PEOPLE, Indicator, Observation
from learningcity.opendata.models.uses import Use

__all__ = [
    "DIMENSIONS",
    "TOTAL",
    "UNITS_OF_PEOPLE",
    "Change",
    "Dataset",
    "Distribution",
    "File",
    "Indicator",
    "Observation",
    "Upload",
    "Use",
    "Version",
    "stored_name",
    "upload_name",
]
