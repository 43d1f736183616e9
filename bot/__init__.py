"""Ladderbot: the Slack app that runs a company's dual career ladder."""
