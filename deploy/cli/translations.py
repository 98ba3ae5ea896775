"""`python -m deploy.cli.translations`: every Vietnamese text has its English one, and the compiled file is up to date.

After changing texts: add the English to `catalog/ui/locale/en/LC_MESSAGES/django.po`, then run it with `compile`.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ROOT / "catalog/ui/locale"
PACKAGES = ("catalog", "ocop_sync", "storefront")
METHODS = [("**.py", "python"), ("**/jinja/**.html", "jinja2"), ("**/jinja/**.txt", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "_": None, "gettext_lazy": None}


def main(arguments: list[str]) -> str:
    """An empty string when all is well, else what is missing. Writes the compiled files when told to."""
    english = _read(LOCALES / "en/LC_MESSAGES/django.po")
    missing = sorted(text for text in _texts() if text not in english or not english[text].string)
    problems = [f"no English for {text!r}" for text in missing]
    for texts in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        out, compiled = io.BytesIO(), texts.with_suffix(".mo")
        write_mo(out, _read(texts))
        if arguments == ["compile"]:
            compiled.write_bytes(out.getvalue())
        if not compiled.exists() or compiled.read_bytes() != out.getvalue():
            problems.append(f"{compiled.relative_to(ROOT)} is old: python -m deploy.cli.translations compile")
    return "\n".join(problems)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _texts() -> set[str]:
    found = set()
    for package in PACKAGES:
        for _, _, text, _, _ in extract_from_dir(str(ROOT / package), METHODS, keywords=KEYWORDS):
            found.add(text if isinstance(text, str) else text[0])
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
