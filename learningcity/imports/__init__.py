"""Spreadsheets in and out: a file becomes rows with verdicts, and rows become records, all at once and undoable. Which tables there are, the apps above register."""
