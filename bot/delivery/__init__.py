"""The outbox: what leaves, when, and how often at most."""
