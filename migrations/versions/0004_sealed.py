"""Program feedback: cycles, sealed boxes, what was released, threads."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "fb_cycle",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("pepper_check", sa.LargeBinary(length=32), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("k_text", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=True),
        sa.Column("pubkey", sa.LargeBinary(length=32), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("is_steward", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fb_cycle")),
    )
    op.create_table(
        "fb_box",
        sa.Column("cycle_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("box1", sa.LargeBinary(), nullable=False),
        sa.Column("box2", sa.LargeBinary(), nullable=False),
        sa.Column("box3", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "tag", name=op.f("pk_fb_box")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fb_release",
        sa.Column("cycle_id", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.LargeBinary(length=16), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "slot", name=op.f("pk_fb_release")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fb_table",
        sa.Column("cycle_id", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_fb_table")),
    )
    op.create_table(
        "fb_thread",
        sa.Column("thread_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "seq", name=op.f("pk_fb_thread")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("fb_thread", "fb_table", "fb_release", "fb_box", "fb_cycle"):
        op.drop_table(table)
