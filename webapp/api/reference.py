"""The page on which the API is read and tried; all of it comes from this server."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

blueprint = Blueprint("api_reference", __name__)

#: Swagger UI, as its package ships it: only these files are served.
_SHIPPED = ("swagger-ui-bundle.js", "swagger-ui.css")


@blueprint.get("/docs")
def page() -> str:
    """Every operation with its parameters, to be tried in place."""
    return render_template("api/docs.html")


@blueprint.get("/docs/<name>")
def shipped(name: str) -> Response:
    """A file of Swagger UI."""
    if name not in _SHIPPED:
        raise NotFound
    return send_from_directory(Path(str(files("flask_swagger_ui") / "dist")), name, max_age=86_400)
