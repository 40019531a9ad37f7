"""Cities, their authorities, networks, people in office, profiles, milestones, and the roles of those who speak for them."""
