"""What the page shows: a form with a query, its answer, the examples, the documentation."""

import json
import re
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict

from catalog import clock
from catalog.api import cost, limits, pages, quota
from catalog.api.errors import GRAPHQL_CODES, all_codes
from catalog.api.examples import ANY_CODE, Example, examples
from catalog.api.loading import SECONDS
from catalog.api.reference import reference
from catalog.api.running import CHARACTERS, Answer
from catalog.certificates.services import shown
from catalog.search.query import MAX_HITS

NO_CODE: Final = "0000000"  # of no product
_BLANK: Final = re.compile(r"\{\w+\}")
LIMITS: Final = {
    "points": cost.MOST_POINTS,
    "hour": quota.PER_HOUR,
    "reading": CHARACTERS,
    "depth": limits.MOST_DEPTH,
    "aliases": limits.MOST_ALIASES,
    "fields": limits.MOST_FIELDS,
    "characters": limits.MOST_CHARACTERS,
    "bytes": limits.MOST_BYTES,
    "seconds": SECONDS,
    "rows": pages.MOST,
    "hits": MAX_HITS,
}


def context(given: QueryDict, told: Answer | None) -> dict[str, Any]:
    """Of the template; `given` is what a form, or the page's address, carried."""
    chosen = next((one for one in examples() if one.name == given.get("vi-du")), None)
    query, variables = given.get("query", ""), given.get("variables", "")
    if not query:
        chosen = chosen or examples()[0]
        query, variables = chosen.query, _variables(chosen)
    return {
        "query": query,
        "variables": variables,
        "chosen": chosen.name if chosen else "",
        "answer": json.dumps(told.body, ensure_ascii=False, indent=2) if told else "",
        "status": told.status if told else 0,
        "examples": examples(),
        "reference": reference(),
        "limits": LIMITS,
        "codes": [(one.code, one.status, _BLANK.sub("…", one.vi), _BLANK.sub("…", one.en)) for one in all_codes()],
        "graphql_codes": [(code, vi, en) for code, (en, vi) in GRAPHQL_CODES.items()],
        "endpoint": f"{settings.PUBLIC_URL}/graphql/",
    }


def _variables(example: Example) -> str:
    """Its variables, with the code of a product that is listed."""
    code = NO_CODE
    if ANY_CODE in example.variables:
        code = shown(clock.today()).order_by("pk").values_list("code", flat=True).first() or NO_CODE
    return example.variables.replace(ANY_CODE, code)
