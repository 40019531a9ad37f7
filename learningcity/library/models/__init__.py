from learningcity.library.models.places import LearningPlace
from learningcity.library.models.resources import LearningResource

__all__ = ["LearningPlace", "LearningResource"]
