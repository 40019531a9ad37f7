"""The catalog in the words of CKAN and of the Thai government catalogue."""
