"""Error policies of bulk mutations."""

from collections.abc import Callable
from typing import Any

from deploy.embedded.core.errors import Problem
from deploy.embedded.core.mutation import row


def accepted(problems: list[list[Problem]], policy: str) -> list[int]:
    """Which rows are written: all or none with REJECT_EVERYTHING, else those without a problem."""
    good = [index for index, found in enumerate(problems) if not found]
    return good if policy != "REJECT_EVERYTHING" or len(good) == len(problems) else []


def settle(name: str, problems: list[list[Problem]], policy: str, write: Callable[[int], Any]) -> dict[str, Any]:
    """Write the accepted rows one by one and answer `count` and `results`."""
    return answer(name, problems, {index: write(index) for index in accepted(problems, policy)})


def answer(name: str, problems: list[list[Problem]], written: dict[int, Any]) -> dict[str, Any]:
    """`count` and `results`, each with its object or its errors."""
    results = [
        {name: written.get(index), "errors": [row(problem) for problem in found]}
        for index, found in enumerate(problems)
    ]
    return {"count": len(written), "results": results}
