"""What weights learned from papers tell: whether two numbers are one thing, or one is worked out of others."""
