"""What may be asked of imports."""
