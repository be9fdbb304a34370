"""What is measured, and against what: see `make bench`."""
