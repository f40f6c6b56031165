"""Everything that touches Whoosh: its query language, its spelling, and an engine in pure Python."""
