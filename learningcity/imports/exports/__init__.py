"""Imports as files: the template to fill in, what is there already, and the file that somebody brought with its faults marked."""

from learningcity.imports.exports.answers import answer
from learningcity.imports.exports.records import records
from learningcity.imports.exports.template import template

__all__ = ["answer", "records", "template"]
