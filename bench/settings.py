"""The site's settings, with one address more."""

import os

# Nothing is measured in production.
os.environ.setdefault("LEARNINGCITY_DEMO", "1")

from learningcity.config.settings import *  # noqa: F403
from learningcity.config.settings import INSTALLED_APPS as OF_THE_SITE

INSTALLED_APPS = ["bench", *OF_THE_SITE]
ROOT_URLCONF = "bench.urls"
