"""States and kinds of workspace, and the table of allowed steps."""
