"""What can be done in plans: one verb, one function, one transaction, one audit entry."""
