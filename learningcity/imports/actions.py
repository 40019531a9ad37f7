"""What can be done in imports: one verb, one function, one transaction, one audit entry."""
