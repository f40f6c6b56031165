"""Two languages: Vietnamese, in which the pages are written, and English from a catalogue.

Templates stay plain Vietnamese. When one is loaded, its running text, the labels of its tags and the Vietnamese
words inside its expressions are handed to gettext, a sentence with its values as one message:
``{{ n }} văn bản`` becomes ``_("%(n)s văn bản", n=n)``. What documents say is never touched: it comes from values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request
from flask_babel import Babel, get_domain, get_locale
from jinja2.ext import Extension
from markupsafe import Markup

from kb.bilingual import Bilingual
from webapp.addresses import url_for

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_COOKIE = "ngon-ngu"
_YEAR = 365 * 24 * 3600

_EXPRESSION = r"\{\{(?:(?!\}\}).)*\}\}"
_BLOCK = r"\{%(?:(?!%\}).)*%\}"
_TOKEN_RE = re.compile(
    rf"(?P<raw><(?P<name>script|style|pre|code|textarea)\b.*?</(?P=name)>|\{{#.*?#\}}|<!--.*?-->|<!\w[^>]*>)"
    rf"|(?P<block>{_BLOCK}|\{{\{{-(?:(?!\}}\}}).)*\}}\}}|\{{\{{(?:(?!\}}\}}).)*-\}}\}})"
    rf"|(?P<expression>{_EXPRESSION})"
    rf'|(?P<tag></?[a-zA-Z](?:{_EXPRESSION}|{_BLOCK}|"(?:{_EXPRESSION}|{_BLOCK}|[^"{{])*"|[^>"{{])*>)'
    r"|(?P<text>[^<{]+|[<{])",
    re.S,
)
_LABEL_RE = re.compile(
    rf'(?P<head>\s(?:aria-label|title|placeholder|alt)=")(?P<words>(?:{_EXPRESSION}|{_BLOCK}|[^"{{])*)"', re.S
)
_LITERAL_RE = re.compile(r"""(?P<sign>["'])(?P<words>(?:(?!(?P=sign)).)*)(?P=sign)""", re.S)
_COMPARED_RE = re.compile(r"(?:==|!=|\bin|_\()\s*\(?\s*$")
_LETTER_RE = re.compile(r"[^\W\d_]")
#: Only Vietnamese writes these; a word in plain letters is told by its template with ``_()``.
_VIETNAMESE_RE = re.compile(r"[À-ỹĐđ]")
_NAME_RE = re.compile(r"^\w+(?:\.\w+)*$")


class PlainText(Extension):
    """Hands the words of templates to gettext."""

    #: After the extensions that add their own pieces to a template.
    priority = 200

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with its words marked."""
        return marked(source)


def marked(source: str) -> str:
    """A template with its words handed to gettext.

    >>> marked('<p title="Ngày">{{ n }} văn bản</p>')
    '<p title="{{ _("Ngày") }}">{{ _("%(n)s văn bản", n=n) }}</p>'
    >>> marked('{{ "có" if n == "Đạt" else "" }}')
    '{{ _("có") if n == "Đạt" else "" }}'
    """
    return "".join(_marked(source))


def _marked(source: str) -> Iterator[str]:
    run: list[tuple[str, str]] = []
    for found in _TOKEN_RE.finditer(source):
        kind = found.lastgroup if found.lastgroup != "name" else "raw"
        if kind in ("text", "expression"):
            run.append((kind, found.group()))
            continue
        yield from _message(run)
        run.clear()
        if kind == "tag":
            yield _LABEL_RE.sub(_label, _inside(found.group()))
        else:
            yield found.group() if kind == "raw" else _literals(found.group())
    yield from _message(run)


def _label(found: re.Match[str]) -> str:
    return f'{found["head"]}{"".join(_marked(found["words"]))}"'


def _inside(tag: str) -> str:
    """A tag with the words inside its expressions marked, but for the labels, which are read as text."""
    return re.sub(rf"{_EXPRESSION}|{_BLOCK}", lambda found: _literals(found.group()), tag)


def _message(run: list[tuple[str, str]]) -> Iterator[str]:
    """A run of text and values as one message; as it is where no letter of text is in it."""
    words = "".join(text for kind, text in run if kind == "text")
    if not _LETTER_RE.search(re.sub(r"&\w+;", "", words)):
        yield from (text if kind == "text" else _literals(text) for kind, text in run)
        return
    values: dict[str, str] = {}
    message = "".join(_escaped(text) if kind == "text" else _named(text, values) for kind, text in run)
    before, after = message[: len(message) - len(message.lstrip())], message[len(message.rstrip()) :]
    given = "".join(f", {name}={value}" for name, value in values.items())
    yield f'{before}{{{{ _("{" ".join(message.split())}"{given}) }}}}{after}'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _named(expression: str, values: dict[str, str]) -> str:
    """The placeholder of a value; its name is the last of the expression's, or a number."""
    value = _literals(expression)[2:-2].strip()
    name = value.rsplit(".", 1)[-1] if _NAME_RE.match(value) else f"v{len(values) + 1}"
    while name in values and values[name] != f"({value})":
        name += "_"
    values[name] = f"({value})" if not _NAME_RE.match(value) else value
    return f"%({name})s"


def _literals(code: str) -> str:
    """An expression or a block with its Vietnamese strings marked, but for those that values are compared with."""

    def wrap(found: re.Match[str]) -> str:
        compared = _COMPARED_RE.search(code[: found.start()]) or re.match(r"\s*(?:==|!=|:)", code[found.end() :])
        if compared or not _VIETNAMESE_RE.search(found["words"]):
            return found.group()
        return f"_({found['sign']}{found['words'].replace('%', '%%')}{found['sign']})"

    return _LITERAL_RE.sub(wrap, code)


def translate(words: object) -> object:
    """What the program says itself (a status, a group, a reason) in the language of the page; the filter ``t``."""
    if isinstance(words, Bilingual):
        return in_language(words, words.en)
    return page_language()(str(words)) if isinstance(words, str) and words else words


def say(message: str, /, **values: object) -> Markup:
    """A message of a template in the language of the page, its values escaped; a page says a hundred of them."""
    words = page_language()(message)
    return Markup(words) % values if values else _said(words)


@lru_cache(maxsize=4096)
def _said(words: str) -> Markup:
    return Markup(words) % {}


def in_page_language(message: str) -> str:
    """A message in the language of the page, its values still to be put in."""
    return page_language()(message)


def page_language() -> Callable[[str], str]:
    """What translates a message into the language of the page; looked up once a request."""
    if "catalogue" not in g:
        g.catalogue = get_domain().get_translations().ugettext
    translating: Callable[[str], str] = g.catalogue
    return translating


def spoken(words: str) -> str:
    """The same for what is surely text."""
    return str(translate(words))


def chosen_language() -> str:
    """The language of this request: ``?lang=``, else the cookie that keeps it, else Vietnamese.

    What the browser prefers decides nothing: many offices read Vietnamese in a browser set up in English.
    """
    for wanted in (request.args.get("lang"), request.cookies.get(_COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return "vi"


def language() -> str:
    """The language of the page that is being made."""
    return str(get_locale() or "vi")


def in_language(vi: str, en: str) -> str:
    """The one of two sentences that the page speaks."""
    return en if language() == "en" else vi


def address_in(other: str) -> str:
    """This page in another language; the page of search where it has no address of its own."""
    if request.method != "GET" or request.endpoint is None:
        return url_for("search.index", lang=other)
    # What the address asks for stays text: as arguments of `url_for` it could steer it (``_scheme``).
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.script_root}{quote(request.path)}?{urlencode([*kept, ('lang', other)])}"


def keep_choice(response: Response) -> Response:
    """The response with the chosen language in a cookie, where one was chosen."""
    wanted = request.args.get("lang")
    if wanted in LANGUAGES:
        response.set_cookie(_COOKIE, str(wanted), max_age=_YEAR, samesite="Lax", httponly=True)
    response.vary.add("Cookie")
    return response


def set_up_language(app: Flask) -> None:
    """Pages in two languages."""
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    Babel(app, locale_selector=chosen_language)
    app.jinja_env.add_extension(PlainText)
    app.jinja_env.globals.update(language=language, address_in=address_in, LANGUAGES=LANGUAGES, _=say)
    app.jinja_env.filters["t"] = translate
    app.after_request(keep_choice)
