"""One blueprint a noun: a view reads the request, calls one function, renders."""
