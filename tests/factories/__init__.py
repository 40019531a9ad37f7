"""Real rows without surprises: plain functions, one file per app; every default can be changed by name."""
