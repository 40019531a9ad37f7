"""What can be done in pictures: one verb, one function, one transaction, one audit entry."""
