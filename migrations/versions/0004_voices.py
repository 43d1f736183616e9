"""Program feedback and its promises, success stories, departments and owners of a part, months, praise passed on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# What a month is counted by: the moments that lie in it.
INDEXED = (("review", "decided_at"), ("reading", "read_at"))


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

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("praised_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("praised_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("praised_by")
        batch_op.drop_column("praised_at")

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

    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "not_before"], unique=False)
    with op.batch_alter_table("success_story", schema=None) as batch_op:
        batch_op.drop_index("ix_success_story_shown")
        batch_op.drop_index(batch_op.f("ix_success_story_author_id"))
    op.drop_table("success_story")

    op.drop_table("fold")
    op.drop_table("promise")

    for table in ("fb_thread", "fb_table", "fb_release", "fb_box", "fb_cycle"):
        op.drop_table(table)
