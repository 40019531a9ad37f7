"""What can be done in moderation: one verb, one function, one transaction, one audit entry."""
