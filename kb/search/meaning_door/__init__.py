"""What passages mean, as vectors: the only door to the model and to the file of its vectors."""
