"""Every number that is published: an observation of an indicator, at a place, on a date, from a source."""
