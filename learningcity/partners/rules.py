"""Who may do what in partners."""
