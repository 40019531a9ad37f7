"""The actions of CKAN that read, as its clients call them."""

from learningcity.interfaces.views.ckan import datastore, owners, packages, resources, site  # noqa: F401 -- each offers its actions
from learningcity.interfaces.views.ckan.answering import action
from learningcity.interfaces.views.ckan.pages import (
    LISTS,
    ckan_catalog,
    ckan_dataset,
    ckan_group,
    ckan_organization,
    ckan_resource,
    ckan_version,
)

__all__ = [
    "LISTS",
    "action",
    "ckan_catalog",
    "ckan_dataset",
    "ckan_group",
    "ckan_organization",
    "ckan_resource",
    "ckan_version",
]
