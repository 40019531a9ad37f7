"""States and kinds of plans, and the table of allowed steps."""
