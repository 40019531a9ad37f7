"""How organizations work together: what ties them, what that says of each, and where each stands in a picture."""
