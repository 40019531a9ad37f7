"""What pictures remembers."""
