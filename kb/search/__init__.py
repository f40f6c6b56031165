"""Search: one analysis for both sides, a query language, engines behind one protocol."""
