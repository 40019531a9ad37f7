"""What people fill in about numbers and datasets."""

from learningcity.opendata.forms.numbers import (
    FactForm,
    IndicatorForm,
)

__all__ = [
    "FactForm",
    "IndicatorForm",
]
