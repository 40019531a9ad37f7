"""What may be asked of partners."""
