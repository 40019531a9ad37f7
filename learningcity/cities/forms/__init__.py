"""What people fill in about a city, by noun."""

from learningcity.cities.forms.people import OfficeForm, PersonForm
from learningcity.cities.forms.places import CityForm
from learningcity.cities.forms.profiles import ProfileForm
from learningcity.cities.forms.stories import ComponentForm, MilestoneForm

__all__ = ["CityForm", "ComponentForm", "MilestoneForm", "OfficeForm", "PersonForm", "ProfileForm"]
