"""Who did what, when: written once, chained by hash, never changed. It is not a log of what people read."""
