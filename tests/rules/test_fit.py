"""Who may be whose mentor, what speaks for a pair, and how people read of it."""

from datetime import date

import pytest
from hypothesis import given

from bot.rules import fit, fit_words, work_hours
from bot.rules.cadence import Schedule
from bot.rules.fit import Bar, Mentee, Mentor, Nearest, Skills, Standing, Wish
from bot.rules.fit_words import Reader
from bot.settings import WEIGHTS
from tests.rules.pools import COACHING, DESIGN, FACTS, everybody, mentee, mentor, week

MAX = mentor(7).person
PAIRS: dict[str, tuple[Mentee, Mentor, Bar | None]] = {
    "they fit": (mentee(), mentor(), None),
    "oneself": (mentee(person=MAX), mentor(7), Bar.SELF),
    "somebody avoided, or one's manager": (mentee(barred=frozenset({MAX})), mentor(7), Bar.BARRED),
    "no place left": (mentee(), mentor(taken=2), Bar.FULL),
    "more than full": (mentee(), mentor(taken=3), Bar.FULL),
    "one's own track": (mentee(), mentor(standing=Standing("technical", 4)), Bar.TRACK),
    "one's own track, welcome": (
        mentee(wish=Wish("technical", 2, is_same_track_welcome=True)), mentor(standing=Standing("technical", 4)), None,
    ),
    "one's own track, wanted": (
        mentee(wish=Wish("technical", 2, "technical")), mentor(standing=Standing("technical", 4)), None,
    ),
    "the track wanted": (mentee(wish=Wish("technical", 2, "management")), mentor(), None),
    "not the track wanted": (mentee(wish=Wish("technical", 2, "customer")), mentor(), Bar.TRACK),
    "a colleague without a track": (mentee(), mentor(standing=Standing(None, None)), None),
    "a colleague, and a track is wanted": (
        mentee(wish=Wish("technical", 2, "management")), mentor(standing=Standing(None, None)), Bar.TRACK,
    ),
    "a mentee without a track": (mentee(wish=Wish(None, None)), mentor(), None),
    "below": (mentee(), mentor(standing=Standing("management", 1)), Bar.BAND),
    "the same band": (mentee(), mentor(standing=Standing("management", 2)), Bar.BAND),
    "one band above": (mentee(), mentor(standing=Standing("management", 3)), None),
    "three bands above": (mentee(), mentor(standing=Standing("management", 5)), None),
    "four bands above": (mentee(wish=Wish("technical", 1)), mentor(standing=Standing("management", 5)), Bar.BAND),
    "the same band at the top": (
        mentee(wish=Wish("technical", 5, is_at_top=True)), mentor(standing=Standing("management", 5)), None,
    ),
    "below at the top": (mentee(wish=Wish("technical", 5, is_at_top=True)), mentor(), Bar.BAND),
    "a world apart": (mentee(), mentor(hours=week("Pacific/Auckland")), Bar.HOURS),
    "two hours on two days": (mentee(hours=week("America/New_York", "45")), mentor(), None),
    "two hours on one day": (mentee(hours=week("America/New_York", "4")), mentor(), Bar.HOURS),
    "no language in common": (mentee(), mentor(languages=frozenset({"de"})), Bar.LANGUAGE),
    "a language not stated": (mentee(), mentor(languages=frozenset()), None),
    "several things: the first one is said": (mentee(barred=frozenset({MAX})), mentor(7, taken=2), Bar.BARRED),
}  # fmt: skip


@pytest.mark.parametrize(("asks", "offers", "bar"), PAIRS.values(), ids=PAIRS)
def test_who_may_be_whose_mentor(asks: Mentee, offers: Mentor, bar: Bar | None) -> None:
    assert fit.barred_by(asks, offers) is bar
    assert [one.mentor for one in fit.best(asks, [offers], weights=WEIGHTS)] == ([] if bar else [offers.person])


def test_the_best_pair_there_can_be_scores_one() -> None:
    found = fit.explain(mentee(), mentor(), weights=WEIGHTS)
    assert found.parts == dict.fromkeys(WEIGHTS, 1.0)
    assert found.score == pytest.approx(1)


PARTS = {
    "strength: their track values it": (mentee(wanted=(COACHING,)), mentor(), "strength", 0.5),
    "strength: one of three": (mentee(wanted=(FACTS, DESIGN, "x")), mentor(), "strength", 1 / 3),
    "strength: nothing asked": (mentee(wanted=()), mentor(), "strength", 0.5),
    "strength: nothing offered": (mentee(), mentor(skills=Skills()), "strength", 0.0),
    "track: the same one is welcome": (
        mentee(wish=Wish("technical", 2, is_same_track_welcome=True)), mentor(standing=Standing("technical", 4)),
        "track", 0.5,
    ),
    "track: the same one is wanted": (
        mentee(wish=Wish("technical", 2, "technical")), mentor(standing=Standing("technical", 4)), "track", 1.0,
    ),
    "path: from elsewhere": (mentee(), mentor(standing=Standing("management", 4)), "path", 0.0),
    "path: no way to have gone": (
        mentee(wish=Wish("technical", 2, "technical")),
        mentor(standing=Standing("technical", 4, frozenset({"technical"}))), "path", 0.0,
    ),
    "band: one above": (mentee(), mentor(standing=Standing("management", 3)), "band", 0.8),
    "band: three above": (mentee(), mentor(standing=Standing("management", 5)), "band", 0.7),
    "band: not in the program": (mentee(), mentor(standing=Standing(None, None)), "band", 0.5),
    "hours: two a day": (mentee(hours=week("America/New_York")), mentor(), "hours", 0.5),
    "language: not stated": (mentee(languages=frozenset()), mentor(), "language", 0.5),
    "load: one mentee": (mentee(), mentor(taken=1), "load", 0.8),
    "load: two mentees": (mentee(), mentor(taken=2, capacity=5), "load", 0.4),
    "load: many": (mentee(), mentor(taken=9, capacity=10), "load", 0.0),
}  # fmt: skip


@pytest.mark.parametrize(("asks", "offers", "part", "value"), PARTS.values(), ids=PARTS)
def test_what_speaks_for_a_pair(asks: Mentee, offers: Mentor, part: str, value: float) -> None:
    found = fit.explain(asks, offers, weights=WEIGHTS)
    assert found.parts[part] == pytest.approx(value)
    assert found.score == pytest.approx(sum(WEIGHTS[name] * found.parts[name] for name in WEIGHTS) / 100)


def test_the_best_comes_first_and_only_so_many_as_asked_for() -> None:
    busy, good, far = mentor(1, taken=1), mentor(2), mentor(3, Standing("management", 5))
    best = fit.best(mentee(), [busy, far, good], weights=WEIGHTS)
    assert [one.mentor for one in best] == [good.person, busy.person, far.person]
    assert fit.best(mentee(), [busy, far, good], weights=WEIGHTS, most=1) == best[:1]


def test_of_mentors_who_fit_alike_not_the_same_one_is_always_asked() -> None:
    alike = [mentor(number) for number in range(5)]
    firsts = {fit.best(mentee(number), alike, weights=WEIGHTS)[0].mentor for number in range(50)}
    assert firsts == {one.person for one in alike}
    assert fit.best(mentee(), alike, weights=WEIGHTS) == fit.best(mentee(), alike[::-1], weights=WEIGHTS)


REASONS = {
    "the most telling three": (mentee(), mentor(), ["path", "helps:design", "near"]),
    "a track that was wanted": (
        mentee(wish=Wish("technical", 2, "management")), mentor(standing=Standing("management", 5)),
        ["helps:design", "wanted", "hours:40"],
    ),
    "what their track values": (
        mentee(wanted=(FACTS, COACHING)), mentor(standing=Standing("process", 5)),
        ["valued:coaching", "hours:40", "language"],
    ),
    "hardly anything": (
        mentee(languages=frozenset(), wanted=(), hours=week("America/New_York", "145")),
        mentor(standing=Standing(None, None)), ["hours:6", "time"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("asks", "offers", "reasons"), REASONS.values(), ids=REASONS)
def test_a_pair_has_two_or_three_reasons(asks: Mentee, offers: Mentor, reasons: list[str]) -> None:
    assert list(fit.explain(asks, offers, weights=WEIGHTS).reasons) == reasons


@given(everybody())
def test_every_pair_that_may_be_has_reasons_with_words_for_each_reader(
    all_of: tuple[list[Mentee], list[Mentor]],
) -> None:
    for asks in all_of[0]:
        for found in fit.best(asks, all_of[1], weights=WEIGHTS):
            assert 2 <= len(found.reasons) <= 3
            assert all(0 <= value <= 1 for value in [found.score, *found.parts.values()])
            for reason in found.reasons:
                assert all("{" not in fit_words.sentence(reason, reader) for reader in Reader)


def test_a_reason_reads_differently_for_each_side() -> None:
    names = {DESIGN: "Design of systems"}
    said = [fit_words.sentence("helps:design", reader, named=names.__getitem__) for reader in Reader]
    assert said == [
        "Helps with Design of systems",
        "They want to grow in Design of systems, which you help with",
        "Helps with Design of systems, as the mentee wishes",
    ]
    assert fit_words.sentence("hours:17.5", Reader.MENTEE) == "Shares 17.5 working hours a week with you"


def test_somebody_nobody_fits_hears_which_wish_would_open_most() -> None:
    own = [mentor(number, Standing("technical", 4)) for number in range(3)]
    far = [mentor(number, hours=week("Pacific/Auckland")) for number in range(3, 5)]
    both = mentor(9, Standing("technical", 1))
    assert fit.nearest(mentee(), [*own, *far, both]) == Nearest(Bar.TRACK, 3)
    assert fit.nearest(mentee(), far) == Nearest(Bar.HOURS, 2)
    assert fit.nearest(mentee(), [mentor(taken=2), both]) == Nearest(Bar.FULL, 1)
    assert fit.nearest(mentee(), [both]) is None
    assert fit_words.hint(Nearest(Bar.TRACK, 3)).endswith("help most: 3 mentors would fit then.")
    assert fit_words.hint(Nearest(Bar.FULL, 1)).startswith("1 mentor would fit")


def test_nobody_learns_that_somebody_avoids_them() -> None:
    avoided = [mentor(number) for number in range(4)]
    asks = mentee(barred=frozenset(one.person for one in avoided))
    assert fit.nearest(asks, avoided) is None
    assert Bar.BARRED not in fit_words.WHY_NOT
    assert set(fit_words.OPENS) == set(fit.WISHES) == set(fit_words.WHY_NOT) - {fit_words.SEVERAL}


def test_every_part_has_a_weight_in_the_settings() -> None:
    assert fit.parts(mentee(), mentor()).keys() == WEIGHTS.keys()


SHARED = [
    ("Europe/Berlin", "Europe/Berlin", date(2026, 11, 16), 40),
    ("Europe/Berlin", "Europe/London", date(2026, 11, 16), 35),
    ("Europe/Berlin", "Asia/Kolkata", date(2026, 11, 16), 17.5),
    ("Europe/Berlin", "America/New_York", date(2026, 3, 3), 10),
    ("Europe/Berlin", "America/New_York", date(2026, 3, 10), 15),  # clocks have changed on one side only
    ("Asia/Kathmandu", "Asia/Kathmandu", date(2026, 11, 16), 40),
    ("Pacific/Kiritimati", "Pacific/Honolulu", date(2026, 11, 16), 32),  # the same hours, a day apart
]


@pytest.mark.parametrize(("mine", "theirs", "day", "hours"), SHARED)
def test_working_hours_in_common(mine: str, theirs: str, day: date, hours: float) -> None:
    weeks = [work_hours.week_of(Schedule(zone), day) for zone in (mine, theirs)]
    assert work_hours.shared_hours(*weeks) == hours


def test_only_days_worked_are_in_the_week() -> None:
    assert work_hours.shared_hours(week("UTC", "67"), week("UTC", "56")) == 8
