"""What partners remembers."""
