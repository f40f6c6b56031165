"""Mentions of legal documents in a text, with their fields, pinpoints and relations."""
