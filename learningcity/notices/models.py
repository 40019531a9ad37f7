"""What notices remembers."""
