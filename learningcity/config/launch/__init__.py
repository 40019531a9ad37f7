"""What stands behind ./run: the database of our own, the way from nothing to a running site, and the way back.

Nothing here is needed in production, where a site process, a worker and PostgreSQL are started by other means
(docs/guides/run-in-production.md).
"""
