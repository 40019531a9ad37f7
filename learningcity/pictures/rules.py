"""Who may do what in pictures."""
