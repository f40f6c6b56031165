"""What a document is, its vocabulary, where it is stored and how it is found."""
