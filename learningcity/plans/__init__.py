"""A city's living plan: objectives, targets, actions and small wins. Not a project management tool."""
