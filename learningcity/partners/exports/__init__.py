"""Rows of partners as files and pictures."""
