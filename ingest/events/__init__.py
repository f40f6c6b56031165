"""Events that a text states about itself and others: commencement, amendment, replacement, repeal, suspension."""
