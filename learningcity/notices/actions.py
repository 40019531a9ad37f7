"""What can be done in notices: one verb, one function, one transaction, one audit entry."""
