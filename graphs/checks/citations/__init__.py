"""CIT and VAL: what is cited, how it stands, and whether it can be what the text says it is."""
