"""What the environment makes of the settings: on a bare machine, and in production."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import signing

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "CHOSAO_PUBLIC_URL": "https://chosao.example",
    "CHOSAO_HOSTS": "chosao.example,web",
    "CHOSAO_SECRET_KEY": "a-key-for-this-test-alone-of-more-than-fifty-characters",
    "CHOSAO_TOKEN_KEYS": "zRk1hHGxuLbPOJ4IDh0TDWXqN0AYPvYbPcr7UV0cZ6I=",
    "CHOSAO_TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgresql://chosao:secret@db:5432/chosao",
    "REDIS_URL": "redis://redis:6379/2",
    "EMAIL_HOST": "smtp.example",
    "EMAIL_FROM": "Chợ Sao <cho@chosao.example>",
    "CHOSAO_MEDIA_BUCKET": "chosao-media",
}
SHOW = (
    "import json, django.conf; s = django.conf.settings; "
    "print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))"
)


def _python(home: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    known = {**kept, "CHOSAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deploy.settings", **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, timeout=60, check=False)


def _settings(home: Path, **environment: str) -> dict[str, Any]:
    done = _python(home, environment, "-c", SHOW)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_production_passes_djangos_own_judgement(tmp_path: Path) -> None:
    done = _python(tmp_path, PRODUCTION, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "System check identified no issues (3 silenced).\n"
    assert list(tmp_path.iterdir()) == []  # a key from the environment is written nowhere


def test_a_bare_machine_needs_nothing(tmp_path: Path) -> None:
    told = _settings(tmp_path)
    assert told["DATABASES"]["default"]["NAME"] == str(tmp_path / "chosao.sqlite3")
    assert told["CELERY_BROKER_URL"] == "filesystem://"
    assert told["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"
    assert told["STORAGES"]["default"] == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert told["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert told["SECURE_HSTS_SECONDS"] == 0
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_behind_a_proxy_its_word_is_taken_for_scheme_and_client(tmp_path: Path) -> None:
    told = _settings(tmp_path, **PRODUCTION)
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert told["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert told["SECURE_HSTS_SECONDS"] == 31_536_000
    assert told["SESSION_COOKIE_SECURE"] is told["CSRF_COOKIE_SECURE"] is True
    assert told["ALLOWED_HOSTS"] == ["chosao.example", "web"]
    assert told["CSRF_TRUSTED_ORIGINS"] == ["https://chosao.example"]


def test_without_a_proxy_nobody_can_claim_a_scheme_or_an_address(tmp_path: Path) -> None:
    told = _settings(tmp_path, **{**PRODUCTION, "CHOSAO_TRUSTED_PROXIES": "0"})
    assert told["SECURE_PROXY_SSL_HEADER"] is None
    assert told["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


@pytest.mark.parametrize(("port", "tls", "ssl"), [("587", True, False), ("465", False, True), ("25", False, False)])
def test_the_port_of_the_mail_server_tells_how_to_speak(tmp_path: Path, port: str, *, tls: bool, ssl: bool) -> None:
    told = _settings(tmp_path, **PRODUCTION, EMAIL_PORT=port)
    assert (told["EMAIL_BACKEND"], told["EMAIL_HOST"]) == (
        "django.core.mail.backends.smtp.EmailBackend",
        "smtp.example",
    )
    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (int(port), tls, ssl)
    assert told["DEFAULT_FROM_EMAIL"] == "Chợ Sao <cho@chosao.example>"


def test_media_in_a_bucket_have_addresses_under_the_shop_or_where_it_is_said(tmp_path: Path) -> None:
    options = _settings(tmp_path, **PRODUCTION)["STORAGES"]["default"]["OPTIONS"]
    assert (options["url_protocol"], options["custom_domain"]) == ("https:", "chosao.example/media")
    elsewhere = _settings(tmp_path, **PRODUCTION, CHOSAO_MEDIA_URL="https://cdn.example/")
    assert elsewhere["STORAGES"]["default"]["OPTIONS"]["custom_domain"] == "cdn.example"
    show = "import django; django.setup(); from django.core.files.storage import storages as s; "
    show += "print(s['default'].url('a/é.jpg'))"
    done = _python(tmp_path, {**PRODUCTION, "AWS_DEFAULT_REGION": "us-east-1"}, "-c", show)
    assert done.stdout == "https://chosao.example/media/a/%C3%A9.jpg\n", done.stderr


def test_what_only_officers_see_lies_outside_of_what_is_served(tmp_path: Path) -> None:
    bare = _settings(tmp_path)
    options = bare["STORAGES"]["private"]["OPTIONS"]
    assert options["location"] == str(tmp_path / "private")
    assert not Path(options["location"]).is_relative_to(bare["MEDIA_ROOT"])
    media, private = (_settings(tmp_path, **PRODUCTION)["STORAGES"][name]["OPTIONS"] for name in ("default", "private"))
    assert (media["bucket_name"], private["bucket_name"]) == ("chosao-media", "chosao-media-officers")
    assert "custom_domain" not in private  # it has no address of the public's
    assert private["object_parameters"] == {"CacheControl": "private, no-store"}
    named = _settings(tmp_path, **PRODUCTION, CHOSAO_OFFICERS_BUCKET="seen-by-officers")
    assert named["STORAGES"]["private"]["OPTIONS"]["bucket_name"] == "seen-by-officers"


def test_a_rotated_key_still_opens_what_the_old_one_signed(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    signed = signing.Signer().sign("order 7")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert signing.Signer().unsign(signed) == "order 7"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(signing.BadSignature):
        signing.Signer().unsign(signed)


def test_fallback_keys_come_as_a_list(tmp_path: Path) -> None:
    assert _settings(tmp_path, **PRODUCTION)["SECRET_KEY_FALLBACKS"] == []
    told = _settings(tmp_path, **PRODUCTION, CHOSAO_SECRET_KEY_FALLBACKS="one,two")
    assert told["SECRET_KEY_FALLBACKS"] == ["one", "two"]
