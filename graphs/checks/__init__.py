"""A report held against itself, against what it cites and against the form it must have: rules as rows."""
