"""One reader a format: bytes in, a `Reading` out."""
