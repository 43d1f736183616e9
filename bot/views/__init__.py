"""What people see: pure functions to Block Kit, and back from forms."""
