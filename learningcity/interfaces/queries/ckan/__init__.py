"""What the actions of CKAN read."""
