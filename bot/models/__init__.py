"""What we keep: one file per feature."""
