"""States and kinds of notices, and the table of allowed steps."""
