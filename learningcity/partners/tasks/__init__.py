"""Slow leaves for the worker, by noun. Each module is imported here, because the worker looks into this package alone."""

from learningcity.partners.tasks import network

__all__ = ["network"]
