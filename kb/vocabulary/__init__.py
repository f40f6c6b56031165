"""Tables of the field: document types, issuers, laws, abbreviations, each row with its source."""
