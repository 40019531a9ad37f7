"""What plans remembers."""
