"""What other programs speak: the API, CKAN, DCAT, OAI-PMH and OGC API Features, all over one catalog."""
