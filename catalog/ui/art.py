"""Product art where no photo exists: the landscape of the product's region behind a drawing of its goods.

Drawn from the product's facts alone, so that the same product always looks the same; no file, no request.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from markupsafe import Markup

# Sky, sun, far hills, near hills, ground, by programme region.
_REGIONS = {
    "mien-nui-phia-bac": ("#e9efe4", "#f3c969", "#b7cbb2", "#7fa384", "#4f7a5c"),
    "dong-bang-song-hong": ("#f4efdf", "#ef9f57", "#d9d39a", "#b4bb6a", "#86953f"),
    "bac-trung-bo": ("#f6ebe0", "#e98b5b", "#d8c3a5", "#a9a57d", "#6f7f5c"),
    "duyen-hai-nam-trung-bo": ("#e5f0f0", "#f2b45c", "#a9cfd2", "#5fa3ab", "#d9bd86"),
    "tay-nguyen": ("#f5e9dd", "#e0763f", "#cfae8c", "#9b7a52", "#7a4a2b"),
    "dong-nam-bo": ("#f1efe2", "#f0b429", "#cdd0a0", "#95a766", "#a5673f"),
    "dong-bang-song-cuu-long": ("#e8f2ea", "#f6b73c", "#b9dcc0", "#79b78a", "#3f8f7a"),
}
_PLAIN = ("#efeee6", "#e8b954", "#cfd3c3", "#a3ad97", "#6f7d68")

_SHAPES = Path(__file__).parent / "shapes"  # drawings in a box of 0 … 100, standing on y = 88
_OUTER = re.compile(r"</?svg[^>]*>")
_BY_SET = {
    1: "fruit", 2: "fish", 3: "rice", 4: "jar", 5: "packet", 6: "rice", 7: "fruit", 8: "packet", 9: "bottle",
    10: "pepper", 11: "tea", 12: "tea", 13: "bag", 14: "bottle", 15: "bottle", 16: "glass", 17: "glass", 18: "herb",
    19: "drop", 20: "drop", 21: "pot", 22: "cloth", 23: "flower", 24: "bonsai", 25: "bonsai", 26: "house",
}  # fmt: skip
_BY_BRANCH = {1: "packet", 2: "glass", 3: "herb", 4: "pot", 5: "flower", 6: "house"}


def product_art(code: str, region: str, branch: int | None, set_no: int | None) -> Markup:
    """An inline SVG (4:3, decorative: hidden from screen readers)."""
    seed = blake2b(code.encode(), digest_size=4).digest()
    sky, sun, far, near, ground = _REGIONS.get(region, _PLAIN)
    shape = _shape(_BY_SET.get(set_no or 0) or _BY_BRANCH.get(branch or 0, "packet"))
    lift, shift = seed[0] % 18, seed[1] % 40
    hills = (
        f'<path d="M0 {96 - lift}q{30 + shift} -34 80 -8t80 -{6 + seed[2] % 16}v80H0z" fill="{far}"/>'
        f'<path d="M0 {106 + lift // 3}q50 {-26 + shift // 4} 96 -4t64 -10v60H0z" fill="{near}"/>'
        f'<path d="M0 108q40 -8 80 -3t80 -3v24H0z" fill="{ground}"/>'
    )
    return Markup(
        '<svg class="art" viewBox="0 0 160 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        '<rect width="160" height="120" fill="{}"/><circle cx="{}" cy="{}" r="15" fill="{}"/>'
    ).format(sky, 22 + seed[3] % 116, 26 + seed[0] % 14, sun) + Markup(  # noqa: S704 - only our own drawings
        f'{hills}<ellipse cx="80" cy="109" rx="32" ry="3.5" fill="#2b2a26" opacity=".18"/>'
        f'<g transform="translate(29 5) scale(1.02 1.18)">{shape}</g></svg>'
    )


@lru_cache(maxsize=64)
def _shape(name: str) -> str:
    return _OUTER.sub("", (_SHAPES / f"{name}.svg").read_text()).strip()
