"""How files become documents: readers, layout, structure, citations."""
