"""What can be read of harvesting."""
