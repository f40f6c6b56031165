"""DOC and FTN: the form that a paper and its citations must have, and its notes."""
