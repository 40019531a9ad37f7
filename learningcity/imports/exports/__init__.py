"""Imports as files: the template to fill in, and the file that somebody brought with its faults marked."""

from learningcity.imports.exports.answers import answer
from learningcity.imports.exports.template import template

__all__ = ["answer", "template"]
