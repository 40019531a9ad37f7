"""Good practices, told in eleven points and carried by figures with sources."""
