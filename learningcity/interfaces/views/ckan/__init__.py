"""The actions of CKAN that read, as its clients call them."""

from learningcity.interfaces.views.ckan import datastore, owners, packages, resources, site  # noqa: F401 -- each offers its actions
from learningcity.interfaces.views.ckan.answering import action

__all__ = ["action"]
