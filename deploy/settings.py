"""Settings of the shop, from the environment; the defaults run on a bare machine under `$CHOSAO_HOME`."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("CHOSAO_HOME", ROOT / "var")).resolve()


def _random_text() -> str:
    return secrets.token_urlsafe(50)


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _secret(name: str, make: Callable[[], str] = _random_text) -> str:
    """A secret from the environment, or one made once and kept under HOME (mode 0600)."""
    if value := os.environ.get(f"CHOSAO_{name.upper()}"):
        return value
    path = HOME / name
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        draft = HOME / f".{name}.{secrets.token_hex(6)}"  # linked when whole: nobody reads half a secret
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


DEBUG = False
SECRET_KEY = _secret("secret_key")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("CHOSAO_SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = os.environ.get("CHOSAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = os.environ.get("CHOSAO_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "catalog",
    "ocop_sync",
    "storefront",
]
MIDDLEWARE = [
    "catalog.health.probes.HealthMiddleware",
    "catalog.courtesy.CourtesyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "catalog.saleor.patience.PatienceMiddleware",
]
ROOT_URLCONF = "deploy.urls"
WSGI_APPLICATION = "deploy.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "catalog.ui.templates.Templates",
        "DIRS": [ROOT / "catalog/ui/jinja", ROOT / "storefront/jinja", ROOT / "ocop_sync/jinja"],
        "OPTIONS": {
            "environment": "catalog.ui.environment.environment",
            "autoescape": True,
            "context_processors": ["storefront.basket.context.basket_count"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'chosao.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; to open a file and set it up costs as much as a page's queries

AUTH_USER_MODEL = "catalog.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_REDIRECT_URL = "/tai-khoan/"
LOGIN_URL = "account_login"
if EMAIL_HOST := os.environ.get("EMAIL_HOST", ""):
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_PORT == 587, EMAIL_PORT == 465
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", f"Chợ Sao <no-reply@{urlsplit(PUBLIC_URL).hostname}>")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "catalog/ui/locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("CHOSAO_STATIC_ROOT", HOME / "static"))  # the image brings its own
STATICFILES_DIRS = [ROOT / "catalog/ui/static"]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # What only officers see (photos of reports): media are served whole, folder or bucket, so it lies outside of them.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME / "private",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"
if _bucket := os.environ.get("CHOSAO_MEDIA_BUCKET"):  # where it lies and who may write: boto3's own AWS_* variables
    _media = urlsplit(os.environ.get("CHOSAO_MEDIA_URL") or f"{PUBLIC_URL}/media")
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "custom_domain": f"{_media.netloc}{_media.path}".rstrip("/"),
            "url_protocol": f"{_media.scheme}:",
            "querystring_auth": False,
            "file_overwrite": False,  # a name never changes what it means, so that it may be kept for ever
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": os.environ.get("CHOSAO_OFFICERS_BUCKET") or f"{_bucket}-officers",
            "file_overwrite": False,
            "object_parameters": {"CacheControl": "private, no-store"},
        },
    }

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
X_FRAME_OPTIONS = "DENY"
# Reverse proxies before us, each of which sets X-Forwarded-Proto and appends to X-Forwarded-For; none: neither is read.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CHOSAO_TRUSTED_PROXIES", "0"))
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names under the owner's domain are the owner's to bind
    "security.W021",  # the same, for good
    "security.W008",  # the proxy redirects; here it would send probes and Saleor's webhooks away
]

SOURCES_FILE = Path(os.environ.get("CHOSAO_SOURCES") or HOME / "sources.toml")  # registry sources and their schedules
SEARCH_INDEX_DIR = HOME / "index"
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")  # empty: tantivy; several addresses are separated by commas
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA_FILE = os.environ.get("ELASTICSEARCH_CA_FILE", "")
ELASTICSEARCH_INDEX = os.environ.get("ELASTICSEARCH_INDEX", "chosao")  # the alias
SALEOR_API_URL = os.environ.get("SALEOR_API_URL", "http://127.0.0.1:8001/graphql/")
SALEOR_APP_TOKEN = os.environ.get("SALEOR_APP_TOKEN", "")
SALEOR_TOKEN_KEYS = [key.strip() for key in _secret("token_keys", _fernet_key).split(",") if key.strip()]

_REDIS = os.environ.get("REDIS_URL", "")
# Whose tries at a password are counted: in one process, or where all processes see them.
CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if _REDIS:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _REDIS,
        "KEY_PREFIX": "chosao",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }

HEARTBEAT_FILE = os.environ.get("CHOSAO_HEARTBEAT", "")  # touched by worker, beat and indexer while their loops turn
CELERY_TIMEZONE = TIME_ZONE  # midnight is when a certificate ends
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {  # what a buyer waits for, and what may take minutes, out of each other's way
    "catalog.health.look": {"queue": "inbox"},
    "catalog.saleor.work_inbox": {"queue": "inbox"},
    "storefront.orders.*": {"queue": "inbox"},
    "ocop_sync.publish.*": {"queue": "publish"},
    "ocop_sync.sync_*": {"queue": "sync"},
}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or _REDIS or "filesystem://"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith(("redis:", "rediss:")):
    # A commit that wakes somebody up must not hang on a broker that is away; what it announced is found by beat.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"socket_connect_timeout": 2, "max_retries": 0}
elif CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(HOME / "queue"),
        "data_folder_out": str(HOME / "queue"),
        "control_folder": str(HOME / "queue-control"),
        "polling_interval": 0.05,
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "kombu.connection": {"level": "ERROR"},  # warns that a folder has no host name
        "elastic_transport": {"level": "ERROR"},  # a traceback a try; catalog.search tells it in a line
    },
    "root": {"handlers": ["console"], "level": os.environ.get("CHOSAO_LOG_LEVEL", "WARNING")},
}
