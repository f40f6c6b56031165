"""Everything of search that touches PostgreSQL: its tables, its queries."""
