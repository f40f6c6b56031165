"""Engines that carry out plans: Tantivy, Whoosh, PostgreSQL, behind one protocol."""
