"""Quantities that a document states: in prose, in lists, in tables."""
