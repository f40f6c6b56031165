"""Vietnamese text: normal forms, folding, and views that remember where they came from."""
