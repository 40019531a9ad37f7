"""What can be done with the catalog."""

from learningcity.opendata.actions.versions import Part, add_version, keep_file, withdraw_dataset

__all__ = ["Part", "add_version", "keep_file", "withdraw_dataset"]
