"""Settings of the embedded server. Everything comes from the environment; the defaults run under `$CHOSAO_HOME`."""

import os
from pathlib import Path

import dj_database_url

HOME = Path(os.environ.get("CHOSAO_HOME", Path(__file__).resolve().parents[2] / "var")).resolve()
PUBLIC_URL = os.environ.get("EMBEDDED_PUBLIC_URL", "http://127.0.0.1:8001").rstrip("/")
"""The origin that webhooks and app registrations name: the API is `PUBLIC_URL/graphql/`."""
VERSION = "3.23.28"
"""The version of Saleor whose behaviour is kept."""
SIGNING_KEY = HOME / "embedded_signing_key.pem"

DEBUG = False
SECRET_KEY = "no sessions, no cookies, no signed links here"  # noqa: S105 - nothing is signed with it
ALLOWED_HOSTS = os.environ.get("EMBEDDED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
INSTALLED_APPS = ["deploy.embedded.app.EmbeddedConfig"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "deploy.embedded.urls"
WSGI_APPLICATION = "deploy.embedded.wsgi.application"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

if _url := os.environ.get("EMBEDDED_DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=60, conn_health_checks=True)}
else:
    HOME.mkdir(parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "embedded.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;",
            },
        }
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("EMBEDDED_LOG_LEVEL", "WARNING")},
}
