"""The WSGI application that granian serves."""

import importlib
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
application = get_wsgi_application()
importlib.import_module("deploy.celery")  # what a request commits wakes the workers
