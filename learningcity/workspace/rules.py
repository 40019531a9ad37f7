"""Who may do what in workspace."""
