"""What we keep: one file per feature. Importing this package makes every table known."""

from bot.database import Base
from bot.models import check_ins, evidence, framework, messages, people

TABLES = Base.metadata

__all__ = ["TABLES", "check_ins", "evidence", "framework", "messages", "people"]
