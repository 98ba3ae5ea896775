"""The template engine: each template is compiled once a language, with what it says in it."""

from typing import Any

from django.conf import settings
from django.template.backends.base import BaseEngine
from django.template.backends.jinja2 import Jinja2, Template

from catalog.ui.formats import is_english


class Templates(BaseEngine):
    """Django's Jinja2 engine, one for each of `settings.LANGUAGES`; `environment` is told which by `language`.

    A template is looked up when it is rendered, in the language of the page; it must not be kept for another one.
    """

    def __init__(self, params: dict[str, Any]) -> None:
        options = params["OPTIONS"]
        super().__init__({name: value for name, value in params.items() if name != "OPTIONS"})
        self._engines = {
            code: Jinja2(params | {"OPTIONS": options | {"language": code}}) for code, _ in settings.LANGUAGES
        }

    def get_template(self, template_name: str) -> Template:
        """In the active language. Raises TemplateDoesNotExist, TemplateSyntaxError."""
        return self._engines["en" if is_english() else "vi"].get_template(template_name)
