"""Praise for evidence that a manager has passed on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("praised_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("praised_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("praised_by")
        batch_op.drop_column("praised_at")
