"""The JSON API under ``/api/v1``: the same rows as the command line, described by OpenAPI 3.1."""
