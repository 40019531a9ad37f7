"""What people fill in about numbers and datasets."""

from learningcity.opendata.forms.datasets import DatasetForm
from learningcity.opendata.forms.numbers import (
    FactForm,
    IndicatorForm,
)

__all__ = [
    "DatasetForm",
    "FactForm",
    "IndicatorForm",
]
