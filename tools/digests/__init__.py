"""Digests of the corpus: one plain text each, written out in the formats that readers must read."""
