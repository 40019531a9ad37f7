"""What may be asked of pictures."""
