"""States and kinds of partners, and the table of allowed steps."""
