"""The channels that people reach the assistant by: see credentials.yml."""
