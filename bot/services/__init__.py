"""What people can do: one function per verb; never commits."""
