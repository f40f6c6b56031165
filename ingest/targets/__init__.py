"""Targets that a document sets or reports on: level, deadline, result, verdict, legal basis."""
