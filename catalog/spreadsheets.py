"""Texts that end in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The same text, with an apostrophe before it where a spreadsheet would take it for a formula.

    A cell that begins with = + - @ (full-width ones too), a tab or a line end can be carried out on the reader's
    machine; what came from a registry or from a visitor is never more than a text.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
