"""Who may do what in plans."""
