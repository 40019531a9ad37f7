"""Catalogs of others, taken over and kept up: CKAN, DCAT, OAI-PMH and tables at an address."""
