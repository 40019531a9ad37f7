"""The site as it is served, and two ways round parts of it, chosen by the header X-Bench of each request."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from learningcity.config.wsgi import application as with_page_cache, site

with override_settings(MIDDLEWARE=[]):
    without_middleware = WSGIHandler()

WAYS = {"kept": with_page_cache, "made": site, "naked": without_middleware}


def application(environ, start_response):
    return WAYS[environ.get("HTTP_X_BENCH", "kept")](environ, start_response)
