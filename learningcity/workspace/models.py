"""What workspace remembers."""
