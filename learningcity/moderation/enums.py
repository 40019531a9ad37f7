"""States and kinds of moderation, and the table of allowed steps."""
