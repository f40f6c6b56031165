"""What points at what, and what follows from it: resolution, validity, tracing, checks."""
