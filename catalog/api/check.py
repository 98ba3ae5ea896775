"""`python -m catalog.api.check`: the schema in the repository is the code's, the examples can be run.

`python -m catalog.api.check write` writes the schema, so that a change of it shows in review.
"""

import os
import sys
from pathlib import Path

import django

SDL = Path(__file__).parent / "schema.graphql"


def problems() -> list[str]:
    """What is wrong, a line each."""
    from catalog.api.examples import examples  # noqa: PLC0415 - Django is set up first
    from catalog.api.running import Asked, Wrong, prepared  # noqa: PLC0415
    from catalog.errors import ShopError  # noqa: PLC0415

    found = []
    if not SDL.exists() or SDL.read_text() != sdl():
        found.append(f"{SDL.name} is not the code's: python -m catalog.api.check write")
    for one in examples():
        try:
            prepared(Asked(one.query, one.variables_with("0000000")))
        except Wrong as wrong:
            found += [f"examples/{one.name}: {error.message}" for error in wrong.errors]
        except ShopError as error:
            found.append(f"examples/{one.name}: {error}")
    return found


def sdl() -> str:
    """The schema of the code, as it lies in the repository."""
    from catalog.api.schema import SCHEMA  # noqa: PLC0415 - Django is set up first

    return "\n".join(line.rstrip() for line in str(SCHEMA).strip().split("\n")) + "\n"


def main(arguments: list[str]) -> str:
    """An empty string when all is well, else what is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    django.setup()
    if arguments == ["write"]:
        SDL.write_text(sdl())
    return "\n".join(problems())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
