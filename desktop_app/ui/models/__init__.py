"""Item models: tuples of domain values as Qt views want them."""
