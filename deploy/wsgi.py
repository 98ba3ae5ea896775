"""The WSGI application that granian serves."""

import gc
import importlib
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
application = get_wsgi_application()
importlib.import_module("deploy.celery")  # what a request commits wakes the workers
importlib.import_module("catalog.search.services").prepare()  # who types first finds suggestions

# What has been loaded stays; and a page makes thousands of short-lived objects, hardly one of them in a cycle.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
