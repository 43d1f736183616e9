"""A local Slack workspace; knows nothing of the bot."""
