"""States and kinds of pictures, and the table of allowed steps."""
