"""What can be done in partners: one verb, one function, one transaction, one audit entry."""
