"""Learning City Platform: facts of learning cities, entered once with their source, used everywhere."""
