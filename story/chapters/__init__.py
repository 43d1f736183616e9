"""The chapters, in the order in which they are played; each goes on where the one before it ended."""

from story.chapters import (
    assessments,
    books,
    career_talk,
    chances,
    check_ins,
    directions,
    evidence,
    feedback,
    mentorship,
    people,
    program_feedback,
    rounds,
)

CHAPTERS = (
    people.setting_up, check_ins.first_monday, check_ins.mistakes, people.in_peace, check_ins.a_managers_week,
    people.a_welcome, evidence.from_a_message, evidence.a_full_day, people.less_of_this, directions.content,
    feedback.asked_and_given, feedback.read_and_used,
    program_feedback.a_second_reader, program_feedback.opens, check_ins.four_things,
    check_ins.a_second_round,
    mentorship.accepted, mentorship.declined_twice, mentorship.silent, mentorship.met, mentorship.a_round,
    program_feedback.too_few,
    people.leave, mentorship.a_quiet_pair, people.a_return, people.a_leaver,
    rounds.begun, rounds.answered,
    program_feedback.released, program_feedback.answered,
    assessments.two_views, career_talk.about_two_views, career_talk.noted, chances.from_a_message,
    directions.a_what_if, directions.in_peace, rounds.closed, books.nothing_owed,
)  # fmt: skip
