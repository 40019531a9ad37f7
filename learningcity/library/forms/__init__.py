from learningcity.library.forms.places import PlaceForm
from learningcity.library.forms.resources import ResourceForm

__all__ = ["PlaceForm", "ResourceForm"]
