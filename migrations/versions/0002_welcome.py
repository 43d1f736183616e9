"""Welcome, focus, what a team has no room for, less of this, closing days; what was learned, and what to talk about."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "focus",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("milestone", sa.String(length=80), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_focus_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "milestone", name=op.f("pk_focus")),
    )
    op.create_table(
        "no_chance",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("milestone", sa.String(length=80), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_no_chance_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "milestone", name=op.f("pk_no_chance")),
    )
    op.create_table(
        "welcome",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("as_member_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("as_manager_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_right", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_welcome_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_welcome")),
    )
    op.create_table(
        "less",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_less_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "what", name=op.f("pk_less")),
    )
    op.create_table(
        "closing",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("from_on", name=op.f("pk_closing")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("learned", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("is_to_talk_about", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_column("talked_at")
        batch_op.drop_column("is_to_talk_about")
        batch_op.drop_column("learned")
    op.drop_table("closing")
    op.drop_table("less")
    op.drop_table("welcome")
    op.drop_table("no_chance")
    op.drop_table("focus")
