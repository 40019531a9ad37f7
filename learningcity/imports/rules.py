"""Who may do what in imports."""
