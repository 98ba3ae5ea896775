"""Errors that people read: a stable code, a sentence in Vietnamese and English, the data that was wrong."""

from typing import ClassVar


class ShopError(Exception):
    """An expected refusal. `code` is stable; `vi` and `en` are sentences whose {names} are filled from `data`."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    vi: ClassVar[str] = "Không thực hiện được."
    en: ClassVar[str] = "This could not be done."

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message("en"))

    def message(self, language: str = "vi") -> str:
        """The sentence for a person, in "vi" or "en"."""
        return (self.en if language == "en" else self.vi).format(**self.data)
