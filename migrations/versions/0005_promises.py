"""You said, we did: what the program has promised; and words that readers have folded away."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.String(length=40), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("did", sa.LargeBinary(), nullable=False),
        sa.Column("why_not", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_promise_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_state"), ["state"], unique=False)

    op.create_table(
        "fold",
        sa.Column("cycle_id", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("cycle_id", "slot", name=op.f("pk_fold")),
    )


def downgrade() -> None:
    op.drop_table("fold")
    op.drop_table("promise")
