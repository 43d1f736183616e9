"""Success stories; and what became of messages is counted from an index."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "success_story",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("did", sa.LargeBinary(), nullable=False),
        sa.Column("helped", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_success_story_author_id_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_success_story_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_success_story")),
    )
    with op.batch_alter_table("success_story", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_success_story_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_success_story_shown", ["state", "track", "decided_at"], unique=False)
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "not_before", "kind", "reason"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "not_before"], unique=False)
    with op.batch_alter_table("success_story", schema=None) as batch_op:
        batch_op.drop_index("ix_success_story_shown")
        batch_op.drop_index(batch_op.f("ix_success_story_author_id"))
    op.drop_table("success_story")
