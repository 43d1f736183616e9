"""Alembic migrations; `upgrade` and friends are called from `bot.cli`, never by hand."""
