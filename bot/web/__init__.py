"""What people see of the assistant on the web."""
