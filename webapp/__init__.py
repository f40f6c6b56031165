"""The faces of Căn Cứ: command line, web pages, JSON API."""
