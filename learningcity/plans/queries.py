"""What may be asked of plans."""
