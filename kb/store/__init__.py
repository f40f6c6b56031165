"""The store: documents, their files and versions, in SQL. Only this package knows SQL."""
