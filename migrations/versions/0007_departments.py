"""Departments, owners of a part of the company, and the months that owners have been told of."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "month",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=100), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month")),
        sa.UniqueConstraint("scope", "from_on", name=op.f("uq_month_scope")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("department", sa.String(length=80), nullable=True))
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scope", sa.String(length=100), nullable=True))
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.alter_column(
            "what", existing_type=sa.String(length=80), type_=sa.String(length=140), existing_nullable=False
        )
    for table, column in INDEXED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def downgrade() -> None:
    for table, column in INDEXED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.alter_column(
            "what", existing_type=sa.String(length=140), type_=sa.String(length=80), existing_nullable=False
        )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_column("scope")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("department")
    op.drop_table("month")


# What a month is counted by: the moments that lie in it.
INDEXED = (("review", "decided_at"), ("reading", "read_at"))
