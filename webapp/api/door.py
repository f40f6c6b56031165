"""Where the API hangs on the application: blueprints, the description, refusals."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from webapp.api import bulk, desk, documents, reference, search, texts, works
from webapp.api.schemas import ErrorRow
from webapp.api.texts import REQUEST_SCHEMAS

PREFIX = "/api/v1"

_ABOUT = (
    "Tra cứu, truy vết, kiểm tra văn bản hành chính và pháp luật Việt Nam. Mỗi dòng có hình dạng như dòng JSON "
    "của lệnh cùng tên. / The rows of the command line, over HTTP."
)


class _Api(Api):
    """The description of the API; refusals are written by the application, in one shape for all."""

    ERROR_SCHEMA = ErrorRow

    def _register_error_handlers(self) -> None:
        """Leave errors to the application."""


def register_api(app: Flask) -> None:
    """Serve the API and its description from an application."""
    app.config.update(
        API_TITLE="Căn Cứ",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = _Api(app, spec_kwargs={"info": {"description": _ABOUT}})
    for name, schema in REQUEST_SCHEMAS.items():
        api.spec.components.schema(name, schema)
    for module in (search, documents, works, texts, desk, bulk):
        api.register_blueprint(module.blueprint, url_prefix=PREFIX)
    app.register_blueprint(reference.blueprint, url_prefix=PREFIX)
