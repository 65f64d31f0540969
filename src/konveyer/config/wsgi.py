"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konveyer.config.settings")
application = get_wsgi_application()

from konveyer import wiring  # noqa: E402 - what it connects has tables, and tables need Django set up

wiring.plug()
