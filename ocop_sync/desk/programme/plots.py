"""Plots as inline SVG, drawn here and coloured by the page's style sheet; the table beside holds every figure.

Bars begin at zero. A plot is 340 units wide, which a phone shows at about one pixel a unit.
"""

from collections.abc import Sequence
from textwrap import shorten

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from catalog.ui.formats import number

Row = tuple[str, tuple[int, ...]]

WIDTH = 340
LABEL, VALUE = 88, 58  # room for a short label before a bar, and for its sum behind it
LETTER = 7  # about one letter's width
LINE, BAR = 21, 14
LONGEST = 50  # letters of a label above its bar


def bars(key: str, title: str, rows: Sequence[Row], parts: Sequence[str] = (), *, beside: bool = False) -> Markup:
    """Horizontal bars in the order given; several `parts` are stacked, in one hue from light to dark, with a legend.

    Labels stand above their bars, or before them where they are short (`beside`). Rows of nothing are left out.
    """
    shown = [row for row in rows if sum(row[1])]
    if not shown:
        return Markup("")
    left, down, step = (LABEL, 0, LINE) if beside else (0, 17, LINE + 20)
    top, legend = _legend(parts)
    scale = (WIDTH - left - VALUE) / max(sum(counts) for _label, counts in shown)
    drawn = [legend]
    for place, (label, counts) in enumerate(shown):
        y = top + place * step
        drawn.append(_label(label, y, beside=beside))
        drawn.append(_stack(counts, left, y + down, scale))
        drawn.append(_text(left + sum(counts) * scale + 5, y + down + BAR - 3, number(sum(counts)), "sum"))
        drawn.append(_line(left, y + down - 3, left, y + down + BAR + 3))
    return _plot(key, title, top + len(shown) * step, shown, drawn)


def shares(key: str, title: str, rows: Sequence[Row], parts: Sequence[str]) -> Markup:
    """One bar of full width a row, divided by the shares of its parts, each with its percents."""
    shown = [row for row in rows if sum(row[1])]
    if not shown:
        return Markup("")
    top, legend = _legend(parts)
    step, drawn = LINE + 22, [legend]
    for place, (label, counts) in enumerate(shown):
        y = top + place * step
        drawn.append(_label(label, y, beside=False))
        drawn.append(_stack(counts, 0, y + 17, WIDTH / sum(counts), height=19, as_percent=True))
    return _plot(key, title, top + len(shown) * step, shown, drawn)


def columns(key: str, title: str, rows: Sequence[Row], under: Sequence[tuple[str, str]]) -> Markup:
    """A column a row with its count above; `under` it stand two short lines."""
    if not any(sum(counts) for _label, counts in rows):
        return Markup("")
    room, high, top = WIDTH / len(rows), 150, 18
    scale = high / max(sum(counts) for _label, counts in rows)
    drawn = []
    for place, (label, counts) in enumerate(rows):
        count, middle = sum(counts), (place + 0.5) * room
        tall = max(count * scale, 1.5 if count else 0)
        told = f"{label}: {number(count)}"
        drawn.append(_rect("only", middle - room * 0.34, top + high - tall, room * 0.68, tall, told))
        drawn.append(_text(middle, top + high - tall - 4, number(count), "middle tight"))
        drawn += [_text(middle, top + high + 15 + 14 * n, line, "middle") for n, line in enumerate(under[place])]
    drawn.append(_line(0, top + high, WIDTH, top + high))
    return _plot(key, title, top + high + 34, rows, drawn)


def _plot(key: str, title: str, height: float, rows: Sequence[Row], drawn: Sequence[Markup]) -> Markup:
    first = "; ".join(f"{label} {number(sum(counts))}" for label, counts in rows[:3])
    told = _("{first}… Đủ số liệu trong bảng bên cạnh.").format(first=first)
    return Markup(
        '<svg class="plot" viewBox="0 0 {} {:.0f}" role="img" aria-labelledby="plot-{}-title plot-{}-desc">'
        '<title id="plot-{}-title">{}</title><desc id="plot-{}-desc">{}</desc>{}</svg>'
    ).format(WIDTH, height, key, key, key, title, key, told, Markup("").join(drawn))


def _stack(
    counts: Sequence[int], x: float, y: float, scale: float, *, height: int = BAR, as_percent: bool = False
) -> Markup:
    whole, drawn = sum(counts), []
    for part, count in enumerate(counts):
        if not count:
            continue
        wide = max(count * scale, 1.5)
        name = "only" if len(counts) == 1 else str(part)
        drawn.append(_rect(name, x, y, wide, height))
        told = f"{round(100 * count / whole)}%" if as_percent else number(count)
        if len(counts) > 1 and wide > len(told) * LETTER + 6:
            drawn.append(_text(x + wide / 2, y + height - 3.5, told, f"middle tight on-{part}"))
        x += wide
    return Markup("").join(drawn)


def _legend(parts: Sequence[str]) -> tuple[float, Markup]:
    """How high it is, and the legend in as many lines as it takes."""
    x, y, drawn = 0.0, 0.0, []
    for part, label in enumerate(parts):
        wide = 18 + len(label) * LETTER + 10
        if x and x + wide > WIDTH:
            x, y = 0, y + 18
        drawn.append(_rect(str(part), x + 1, y + 1, 12, 12))
        drawn.append(_text(x + 18, y + 11, label))
        x += wide
    return (y + 26 if parts else 2), Markup("").join(drawn)


def _label(label: str, y: float, *, beside: bool) -> Markup:
    if beside:
        return _text(LABEL - 6, y + BAR - 3, label, "end")
    return _text(0, y + 12, shorten(label, LONGEST, placeholder="…"))


def _rect(part: str, x: float, y: float, wide: float, high: float, told: str = "") -> Markup:
    return Markup('<rect class="part-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>').format(
        part, x, y, wide, high, Markup("<title>{}</title>").format(told) if told else ""
    )


def _text(x: float, y: float, text: str, style: str = "") -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>').format(x, y, style, escape(text))


def _line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(x1, y1, x2, y2)
