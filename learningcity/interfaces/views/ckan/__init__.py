"""The actions of CKAN that read, as its clients call them."""

from learningcity.interfaces.views.ckan.answering import action

__all__ = ["action"]
