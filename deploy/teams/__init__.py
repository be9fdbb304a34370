"""The Teams app."""
