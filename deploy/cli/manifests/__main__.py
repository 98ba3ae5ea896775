"""`python -m deploy.cli.manifests`: print what does not fit; 1 if anything does not."""

import sys

from deploy.cli.__main__ import set_up
from deploy.cli.manifests import composing, documents, environment, kubernetes, kustomize


def main() -> int:
    """All of it."""
    set_up()
    read = environment.names_read()
    found = [
        *composing.problems(documents.load(documents.COMPOSE)[0], read),
        *kustomize.problems(documents.KUBERNETES),
        *kubernetes.problems(documents.raw(), read),
        *environment.undocumented(read),
    ]
    rendered = kustomize.rendered(documents.KUBERNETES / "production")
    if rendered is None:
        sys.stdout.write("skipped: kubectl is not here to render the overlay\n")
    else:
        found += [f"rendered: {problem}" for problem in kubernetes.problems(rendered, read)]
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
