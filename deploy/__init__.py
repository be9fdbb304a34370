"""What runs the assistant for real: app packages for the platforms."""
