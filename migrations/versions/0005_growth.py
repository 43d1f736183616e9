"""Words about people, 360 rounds, directions, self-assessments, recognition, growth plans, opportunities, career talks."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LIVE = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("did", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.LargeBinary(), nullable=False),
        sa.Column("next_step", sa.LargeBinary(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_feedback_giver_id_person")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_feedback_receiver_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_received", "feedback", ["receiver_id", "given_at"], unique=False)
    op.create_index(op.f("ix_feedback_giver_id"), "feedback", ["giver_id"], unique=False)
    op.create_index(op.f("ix_feedback_manager_id"), "feedback", ["manager_id"], unique=False)
    op.create_table(
        "feedback_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_feedback_ask_asker_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_ask")),
    )
    op.create_index(op.f("ix_feedback_ask_asker_id"), "feedback_ask", ["asker_id"], unique=False)
    op.create_table(
        "feedback_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["feedback_ask.id"], name=op.f("fk_feedback_request_ask_id_feedback_ask"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name=op.f("fk_feedback_request_asked_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_request")),
        sa.UniqueConstraint("ask_id", "asked_id", name=op.f("uq_feedback_request_ask_id")),
    )
    op.create_index(op.f("ix_feedback_request_asked_id"), "feedback_request", ["asked_id"], unique=False)
    op.create_index(op.f("ix_feedback_request_state"), "feedback_request", ["state"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_from_manager", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_extended", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index("ix_round_due", ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_round_live", ["person_id"], unique=True, postgresql_where=LIVE, sqlite_where=LIVE)

    op.create_table(
        "round_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("perspective", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_from_manager", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_round_seat_giver_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_seat_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_seat")),
        sa.UniqueConstraint("round_id", "giver_id", name=op.f("uq_round_seat_round_id")),
    )
    with op.batch_alter_table("round_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_seat_giver_id"), ["giver_id"], unique=False)

    op.create_table(
        "round_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("perspective", sa.String(length=20), nullable=False),
        sa.Column("keep", sa.LargeBinary(), nullable=False),
        sa.Column("more", sa.LargeBinary(), nullable=False),
        sa.Column("otherwise", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_round_answer_giver_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_answer_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_answer")),
        sa.UniqueConstraint("round_id", "giver_id", name=op.f("uq_round_answer_round_id")),
    )
    with op.batch_alter_table("round_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_answer_giver_id"), ["giver_id"], unique=False)

    op.create_table(
        "round_rating",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["round_answer.id"], name=op.f("fk_round_rating_answer_id_round_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_round_rating_giver_id_person")),
        sa.PrimaryKeyConstraint("answer_id", "competency", name=op.f("pk_round_rating")),
    )
    with op.batch_alter_table("round_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_rating_giver_id"), ["giver_id"], unique=False)

    op.create_table(
        "round_report",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("manager_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_report_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_report_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_report")),
    )
    with op.batch_alter_table("round_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_report_person_id"), ["person_id"], unique=False)

    op.create_table(
        "direction",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("wants", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=True),
        sa.Column("managing", sa.String(length=20), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("with_manager", sa.Boolean(), nullable=False),
        sa.Column("with_mentor", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_direction_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_direction")),
    )
    op.create_table(
        "what_if",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("in_brief", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_what_if_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_what_if")),
        sa.UniqueConstraint("person_id", "track", "level", name=op.f("uq_what_if_person_id")),
    )
    op.create_table(
        "findable",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_findable_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_findable")),
    )

    op.create_table(
        "self_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("is_own_track", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_for_manager", sa.Boolean(), nullable=False),
        sa.Column("is_for_mentor", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_self_assessment_person_id_person")),
        sa.ForeignKeyConstraint(["rater_id"], ["person.id"], name=op.f("fk_self_assessment_rater_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessment")),
    )
    with op.batch_alter_table("self_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_self_assessment_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_self_assessment_asked", ["rater_id", "state"], unique=False)
    op.create_table(
        "self_rating",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=True),
        sa.Column("own", sa.LargeBinary(), nullable=False),
        sa.Column("own_note", sa.LargeBinary(), nullable=False),
        sa.Column("pieces", sa.String(length=200), nullable=False),
        sa.Column("is_picked", sa.Boolean(), nullable=False),
        sa.Column("theirs", sa.LargeBinary(), nullable=False),
        sa.Column("their_note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["self_assessment.id"],
            name=op.f("fk_self_rating_assessment_id_self_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_self_rating_person_id_person")),
        sa.ForeignKeyConstraint(["rater_id"], ["person.id"], name=op.f("fk_self_rating_rater_id_person")),
        sa.PrimaryKeyConstraint("assessment_id", "competency", name=op.f("pk_self_rating")),
    )
    with op.batch_alter_table("self_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_self_rating_person_id"), ["person_id"], unique=False)

    op.create_table(
        "recognition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("did", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.LargeBinary(), nullable=False),
        sa.Column("is_for_all", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_recognition_receiver_id_person")),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_recognition_giver_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
    )
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recognition_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index("ix_recognition_shown", ["state", "published_at"], unique=False)

    op.create_table(
        "plan_aim",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("aim", sa.String(length=80), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_aim_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "aim", name=op.f("pk_plan_aim")),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("shows", sa.LargeBinary(), nullable=False),
        sa.Column("aim", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=True),
        sa.Column("help", sa.String(length=10), nullable=True),
        sa.Column("opportunity_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("learned", sa.LargeBinary(), nullable=False),
        sa.Column("differently", sa.LargeBinary(), nullable=False),
        sa.Column("for_whom", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["helper_id"], ["person.id"], name=op.f("fk_plan_action_helper_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_action_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
    )
    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_action_helper_id"), ["helper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_action_person_id"), ["person_id"], unique=False)
    op.create_table(
        "plan_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_plan_comment_manager_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_comment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_comment")),
    )
    with op.batch_alter_table("plan_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_comment_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_comment_person_id"), ["person_id"], unique=False)
    op.create_table(
        "protected_time",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("had", sa.String(length=10), nullable=True),
        sa.Column("had_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_protected_time_manager_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_protected_time_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_protected_time")),
    )
    with op.batch_alter_table("protected_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protected_time_manager_id"), ["manager_id"], unique=False)

    op.create_table(
        "opportunity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("credited_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("learn", sa.LargeBinary(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("tracks", sa.String(length=700), nullable=False),
        sa.Column("competencies", sa.String(length=700), nullable=False),
        sa.Column("bands", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["credited_id"], ["person.id"], name=op.f("fk_opportunity_credited_id_person")),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_opportunity_offered_by_person")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_opportunity_withdrawn_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
    )
    with op.batch_alter_table("opportunity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_offered_by"), ["offered_by"], unique=False)
        batch_op.create_index("ix_opportunity_shown", ["state", "ends_on"], unique=False)
    op.create_table(
        "opportunity_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], ondelete="CASCADE",
            name=op.f("fk_opportunity_interest_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opportunity_interest_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_interest")),
        sa.UniqueConstraint("opportunity_id", "person_id", name=op.f("uq_opportunity_interest_opportunity_id")),
    )  # fmt: skip
    with op.batch_alter_table("opportunity_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_interest_person_id"), ["person_id"], unique=False)

    op.create_table(
        "career_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_career_talk_manager_id_person")),
        sa.ForeignKeyConstraint(["member_id"], ["person.id"], name=op.f("fk_career_talk_member_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_career_talk")),
    )
    with op.batch_alter_table("career_talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_career_talk_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_career_talk_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            "uq_career_talk_open",
            ["member_id"],
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        )
    op.create_table(
        "career_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("talk_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("is_managers", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["person.id"], name=op.f("fk_career_action_member_id_person")),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["career_talk.id"], name=op.f("fk_career_action_talk_id_career_talk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_career_action")),
    )
    with op.batch_alter_table("career_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_career_action_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_career_action_talk_id"), ["talk_id"], unique=False)
    op.create_table(
        "brief_choice",
        sa.Column("talk_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.String(length=100), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["person.id"], name=op.f("fk_brief_choice_member_id_person")),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["career_talk.id"], name=op.f("fk_brief_choice_talk_id_career_talk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("talk_id", "line", name=op.f("pk_brief_choice")),
    )
    with op.batch_alter_table("brief_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brief_choice_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("brief_choice")
    op.drop_table("career_action")
    op.drop_table("career_talk")

    op.drop_table("opportunity_interest")
    op.drop_table("opportunity")

    for table in ("protected_time", "plan_comment", "plan_action", "plan_aim"):
        op.drop_table(table)

    op.drop_table("recognition")
    op.drop_table("self_rating")
    op.drop_table("self_assessment")

    for table in ("findable", "what_if", "direction"):
        op.drop_table(table)

    for table in ("round_report", "round_rating", "round_answer", "round_seat", "round"):
        op.drop_table(table)

    op.drop_table("feedback_request")
    op.drop_table("feedback_ask")
    op.drop_table("feedback")
