"""The site as a WSGI application: `granian --interface wsgi learningcity.config.wsgi:application`."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcity.config.settings")

site = get_wsgi_application()

# After the line above, because the page cache asks the database for the newest change.
from learningcity.common.thai.words import read_dictionary  # noqa: E402
from learningcity.config.pagecache import PageCache  # noqa: E402

application = PageCache(site)
# Beside the first pages, because only searches need it.
threading.Thread(target=read_dictionary, name="dictionary", daemon=True).start()
