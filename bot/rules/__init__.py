"""The rules: plain Python over plain values."""
