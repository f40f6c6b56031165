"""Everything that touches Tantivy, the default engine."""
