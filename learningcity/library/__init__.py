"""Open educational resources and places to learn, in the words of LRMI and schema.org."""
