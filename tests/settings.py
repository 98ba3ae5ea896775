"""The shop's settings with a home folder of this test process's own, so that nothing of a running shop is touched."""

import os
import tempfile
from pathlib import Path

_home = tempfile.TemporaryDirectory(prefix="chosao-test-")
os.environ["CHOSAO_HOME"] = _home.name
os.environ["ELASTICSEARCH_INDEX"] = Path(_home.name).name  # of processes that tests start; never a shop's

from deploy.settings import *  # noqa: E402, F403
from deploy.settings import CACHES, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {**CACHES["default"], "KEY_PREFIX": _home.name}}  # what one test process tried counts for it alone
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - the middleware warns of a missing folder
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a served thread that somebody keeps alive holds no connection at the end
ELASTICSEARCH_URL = ""  # tests of search set it for themselves
