"""Where every fact comes from. A source is named once; people in office, milestones and numbers point to it."""
