"""States and kinds of imports, and the table of allowed steps."""
