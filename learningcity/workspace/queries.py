"""What may be asked of workspace."""
