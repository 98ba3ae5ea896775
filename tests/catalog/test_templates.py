import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation
from jinja2 import UndefinedError

from catalog.ui.environment import environment


def say(template: str, /, language: str, **context: object) -> str:
    with translation.override("en"):  # whatever is active while it is compiled and shown
        return environment(language=language, autoescape=True).from_string(template).render(context)


@pytest.mark.parametrize(("language", "said"), [("vi", "Giỏ hàng"), ("en", "Basket")])
def test_texts_are_in_the_language_that_a_template_is_compiled_for(language: str, said: str) -> None:
    assert say('<b>{{ _("Giỏ hàng") }}</b>', language) == f"<b>{said}</b>"
    assert (
        say("{{ _(word) }}", language, word="Giỏ hàng") == "Basket"
    )  # what is not known is asked for when it is shown
    assert say('{{ "x" if is_english() else "y" }}{{ language() }}', language) == {"vi": "yvi", "en": "xen"}[language]
    assert say("{{ 1250000|dong }} {{ 4500|number }}", language) == {
        "vi": "1.250.000\u00a0₫ 4.500", "en": "1,250,000\u00a0₫ 4,500"
    }[language]  # fmt: skip
    assert say("{{ url('basket') }}", language) == {"vi": "/gio-hang/", "en": "/en/gio-hang/"}[language]


def test_what_is_put_into_a_text_is_escaped_and_the_text_itself_as_well() -> None:
    assert say('{{ _("“{text}”").format(text=text) }}', "vi", text="<b>") == "“&lt;b&gt;”"
    assert say('{{ _("<i>") }}', "vi") == "&lt;i&gt;"
    with pytest.raises(UndefinedError):
        say("{{ nobody }}", "vi")


def test_a_page_is_in_the_language_that_is_active() -> None:
    for language, word in [("vi", "Bạn đã đủ 18 tuổi chưa?"), ("en", "Are you 18 or older?"), ("vi", "Bạn đã đủ")]:
        with translation.override(language):
            assert word in render_to_string("shop/adult.html", {"target": "/", "csrf_input": ""})


def test_a_template_that_there_is_not_is_looked_for_in_the_next_engine() -> None:
    assert get_template("account/messages/logged_in.txt").backend.name == "django"
    with pytest.raises(TemplateDoesNotExist):
        get_template("nothing.html")


def test_what_is_kept_is_made_once_for_each_of_its_values() -> None:
    made: list[str] = []
    macro = "{% macro one(a, b) %}{{ made.append(a) or '' }}<i>{{ a }}{{ b }}</i>{% endmacro %}"

    assert say(macro + "{{ kept(one, x, 1) }}{{ kept(one, x, 1) }}", "vi", x="<", made=made) == "<i>&lt;1</i>" * 2
    assert made == ["<"]
