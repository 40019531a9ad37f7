"""Organizations, what they agreed on, what they promised, and what became of it; and how they work together."""
