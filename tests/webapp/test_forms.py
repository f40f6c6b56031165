"""What becomes of the forms of a template."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

import webapp
from webapp.forms import PostForms

TEMPLATES = sorted((Path(webapp.__file__).parent / "templates").rglob("*.html"))


def completed(source: str) -> str:
    return PostForms(Environment()).preprocess(source, None)


def test_a_form_that_posts_gets_a_token_and_is_shown_to_whom_it_serves() -> None:
    tag = """<form method="post" action="{{ url_for('check.mute', run=run) }}"{% if a > b %} id="x"{% endif %}>"""
    form = tag + "B</form>"
    assert completed(form) == (
        "{% if may('check.mute') %}"
        + form.replace("B</form>", '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">B</form>')
        + "{% endif %}"
    )


def test_a_form_that_searches_stays_as_it_is() -> None:
    form = """<form class="search" action="{{ url_for('search.index') }}"><button>Tìm</button></form>"""
    assert completed(form + "\n" + form) == form + "\n" + form


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_posting_form_of_every_template_is_completed(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert completed(source).count("csrf_token()") == source.count('method="post"')


def test_a_form_that_never_ends_is_read_once() -> None:
    source = "<form " + "{{ a }} {% if b %} x > " * 20_000
    assert completed(source) == source
