"""What a manager notes of a self-assessment before it is sent."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "rating_draft",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["self_assessment.id"],
            name=op.f("fk_rating_draft_assessment_id_self_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["rater_id"], ["person.id"], name=op.f("fk_rating_draft_rater_id_person")),
        sa.PrimaryKeyConstraint("assessment_id", "competency", name=op.f("pk_rating_draft")),
    )
    with op.batch_alter_table("rating_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_draft_rater_id"), ["rater_id"], unique=False)


def downgrade() -> None:
    op.drop_table("rating_draft")
