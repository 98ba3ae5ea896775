"""What other shops are asked for beside ours: lists of 24 products."""

import json
import re
from itertools import product
from urllib.parse import urlsplit

import httpx

CHOICES = """query Choices { attributes(first: 100) { edges { node {
  slug externalReference choices(first: 100) { edges { node { slug } } } } } } }"""
LIST = """query List($channel: String!, $filter: ProductFilterInput!) {
  products(first: 24, channel: $channel, filter: $filter) { edges { node {
    name slug pricing { priceRange { start { gross { amount currency } } } } } } } }"""
FACETS = ("ocop-star", "ocop-province")  # externalReferences, as `saleor setup` makes them


def saleor_questions(url: str, channel: str) -> list[str]:
    """Bodies to post: every star in every province. Ends the program where the attributes are not there."""
    answer = httpx.post(url, json={"query": CHOICES}, timeout=60).json()
    nodes = [edge["node"] for edge in answer["data"]["attributes"]["edges"]]
    known = {node["externalReference"]: node for node in nodes}
    if not known.keys() >= set(FACETS):
        raise SystemExit(f"{url} has no attributes {' and '.join(FACETS)}: has our catalogue been published to it?")
    values = [
        [{"slug": known[name]["slug"], "values": [edge["node"]["slug"]]} for edge in known[name]["choices"]["edges"]]
        for name in FACETS
    ]
    asked = [
        json.dumps({"query": LIST, "variables": {"channel": channel, "filter": {"attributes": list(both)}}})
        for both in product(*values)
    ]
    first = httpx.post(url, content=asked[0], headers={"Content-Type": "application/json"}, timeout=60).json()
    if "errors" in first or not any(first["data"]["products"]["edges"]):
        raise SystemExit(f"{url} does not list products of channel {channel}: {str(first)[:300]}")
    return asked


def oscar_addresses(url: str) -> list[str]:
    """All pages of a category, or of the catalogue. Ends the program where there are none."""
    first = httpx.get(url, timeout=60)
    pages = re.search(r"Page 1 of (\d+)", first.text)
    if first.status_code != 200 or not pages:
        raise SystemExit(f"{url} is no page of products with others after it")
    return [f"{urlsplit(url).path}?page={page}" for page in range(1, int(pages[1]) + 1)]
