"""Why a file is not taken, in a sentence for whoever brought it."""

from __future__ import annotations


class Refused(ValueError):
    """The file cannot be taken; the words, in the reader's language, say why and what to do."""


class Abandoned(Exception):
    """Nobody wants the file any more; raised by whoever is told the progress, to have the work ended."""
