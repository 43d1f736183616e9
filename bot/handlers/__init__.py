"""Slack calls us: read, decide, answer, draw."""
