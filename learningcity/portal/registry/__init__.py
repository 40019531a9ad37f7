"""What the portal tells the floors below: where facts are shown, and what everybody may search."""

from learningcity.portal.registry.documents import register_documents
from learningcity.portal.registry.facts import show_facts
from learningcity.portal.registry.library import show_library
from learningcity.portal.registry.pages import show_pages
from learningcity.portal.registry.plans import show_plans

__all__ = ["register_documents", "show_facts", "show_library", "show_pages", "show_plans"]
