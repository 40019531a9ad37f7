"""The site as it is served, and ways round parts of it, chosen by the header X-Bench of each request.

kept: with the page cache, as it is served. made: without it. anew: without it, and as after a change, when nothing that a
process keeps for one version of the content holds any more. naked: Django without the site's middleware.
"""

import functools
import inspect
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from learningcity.config.wsgi import application as with_page_cache, site

with override_settings(MIDDLEWARE=[]):
    without_middleware = WSGIHandler()


def kept_contents():
    """Yield the functions that keep what they made for one version of the content; they name that version."""
    for name, module in list(sys.modules.items()):
        if name.startswith("learningcity."):
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper) and "version" in inspect.signature(value).parameters:  # noqa: SLF001
                    yield value


def anew(environ, start_response):
    for function in kept_contents():
        function.cache_clear()
    return site(environ, start_response)


WAYS = {"kept": with_page_cache, "made": site, "anew": anew, "naked": without_middleware}


def application(environ, start_response):
    return WAYS[environ.get("HTTP_X_BENCH", "kept")](environ, start_response)
