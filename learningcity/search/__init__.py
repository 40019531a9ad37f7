"""One search over everything public, Thai first, inside the transaction of the data. What is not public never comes here."""
