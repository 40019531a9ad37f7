"""What may be asked of partners, by noun."""
