"""What can be done in workspace: one verb, one function, one transaction, one audit entry."""
