"""Product art where no photo exists: the landscape of the product's region behind a drawing of its goods.

Drawn from the product's facts alone, so that the same product always looks the same; no file, no request.
"""

import re
from collections.abc import Iterator, Sequence
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
    return Markup(  # noqa: S704 - only our own drawings, numbers and colours
        '<svg class="art" viewBox="0 0 160 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<rect width="160" height="120" fill="{sky}"/>'
        f'<circle cx="{22 + seed[3] % 116}" cy="{26 + seed[0] % 14}" r="15" fill="{sun}"/>'
        f'{hills}<ellipse cx="80" cy="109" rx="32" ry="3.5" fill="#2b2a26" opacity=".18"/>'
        f'<g transform="translate(29 5) scale(1.02 1.18)">{shape}</g></svg>'
    )


def box_art(code: str, region: str, goods: Sequence[tuple[int | None, int | None]]) -> Markup:
    """A woven basket with up to six kinds of goods, as (branch, set), before the region's hills; as `product_art`."""
    seed = blake2b(code.encode(), digest_size=4).digest()
    sky, sun, far, near, ground = _REGIONS.get(region, _PLAIN)
    shapes = [_shape(_BY_SET.get(set_no or 0) or _BY_BRANCH.get(branch or 0, "packet")) for branch, set_no in goods[:6]]
    behind, before = shapes[: len(shapes) // 2], shapes[len(shapes) // 2 :]
    placed = "".join((*_row(behind, 66, 0.56), *_row(before, 80, 0.62)))
    weave = "".join(f'<path d="M34 {y}h92" stroke="#8a5a2b" stroke-width="1" opacity=".45"/>' for y in (88, 95, 102))
    staves = "".join(
        f'<path d="M{x} 82v27" stroke="#8a5a2b" stroke-width="1" opacity=".3"/>' for x in range(42, 124, 8)
    )
    return Markup(  # noqa: S704 - only our own drawings, numbers and colours
        '<svg class="art" viewBox="0 0 160 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<rect width="160" height="120" fill="{sky}"/>'
        f'<circle cx="{22 + seed[3] % 116}" cy="{22 + seed[0] % 10}" r="13" fill="{sun}"/>'
        f'<path d="M0 {86 - seed[0] % 10}q{30 + seed[1] % 40} -30 80 -8t80 -8v80H0z" fill="{far}"/>'
        f'<path d="M0 98q50 {-22 + seed[1] % 10} 96 -4t64 -10v60H0z" fill="{near}"/>'
        f'<path d="M0 106q40 -6 80 -3t80 -3v24H0z" fill="{ground}"/>'
        '<ellipse cx="80" cy="112" rx="52" ry="4" fill="#2b2a26" opacity=".2"/>'
        '<path d="M40 84C40 26 120 26 120 84" fill="none" stroke="#a46f38" stroke-width="4.500"/>'
        f"{placed}"
        '<path d="M30 80h100l-7 30a3 3 0 0 1-3 2H40a3 3 0 0 1-3-2z" fill="#c9924f"/>'
        f"{staves}{weave}"
        '<rect x="27" y="77" width="106" height="7" rx="3.500" fill="#a46f38"/>'
        '<path d="M80 84v28" stroke="#b3261e" stroke-width="7"/>'
        '<path d="M80 82c-6 -9 -18 -9 -18 -2s10 6 18 2c6 -9 18 -9 18 -2s-10 6 -18 2z" fill="#d4483b"/>'
        '<circle cx="80" cy="81.500" r="3.200" fill="#b3261e"/></svg>'
    )


def _row(shapes: Sequence[str], stands_on: int, scale: float) -> Iterator[str]:
    """Drawings beside each other in the basket, by the middle of each."""
    width = 92 / max(1, len(shapes))
    for place, shape in enumerate(shapes):
        x = 34 + width * (place + 0.5) - 50 * scale
        yield f'<g transform="translate({x:.1f} {stands_on - 88 * scale + 6:.1f}) scale({scale})">{shape}</g>'


@lru_cache(maxsize=64)
def _shape(name: str) -> str:
    return _OUTER.sub("", (_SHAPES / f"{name}.svg").read_text()).strip()
