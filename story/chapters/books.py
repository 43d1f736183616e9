"""The end: everything that was owed has arrived, once."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from bot.models.messages import Occurrence, Outbox
from story.telling import Telling


async def nothing_owed(told: Telling) -> None:
    """At the end everything that was owed has arrived, once."""
    told.chapter("The books")
    since = told.stage.clock.now() - timedelta(days=29)  # what was sent is forgotten after thirty
    async with told.stage.db.reading() as session:
        due = select(Outbox.state).where(Outbox.not_before <= told.stage.clock.now()).distinct()
        states = set(await session.scalars(due))
        keys = [key.hex for key in await session.scalars(select(Outbox.id).where(Outbox.state == "sent"))]
        overdue = await session.scalar(
            select(func.count()).where(Occurrence.state == "planned", Occurrence.due_at < told.stage.clock.now())
        )
    delivered = Counter(one.key for one in told.stage.slack.posted() if one.key)
    kept = {one.key for one in told.stage.slack.posted() if one.key and float(one.ts) > since.timestamp()}
    told.expect("nothing that is due is waiting, unknown or failed", states <= {"sent", "skipped"})
    told.expect("every message arrived once", all(count == 1 for count in delivered.values()))
    told.expect("nothing arrived that was not owed", kept <= set(keys))
    told.expect("no prompt was forgotten", overdue == 0)
    mentions = [mention for one in told.stage.slack.posted() for mention in one.mentions]
    told.expect("nobody's words mentioned anybody by accident", not mentions)
