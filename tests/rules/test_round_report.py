"""What a closed round shows, below and above its thresholds; and that nothing of it tells who said what."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import round_report as rules
from bot.rules.round_report import Figure, Gap, Line, Report, Said
from bot.rules.rounds import COLLEAGUES, Answer, Competency, Perspective, State, Terms, Text

SELF, MANAGER, PEER, REPORT = Perspective
SKILLS = ("clear-writing", "mentoring", "root-causes")
TERMS = Terms("technical", "T2", "1.0.0", tuple(Competency(key, key.title(), "Does it.") for key in SKILLS))
Written = list[tuple[Perspective, Answer]]
"""Everybody's answer. The place in the list is who gave it."""


def said(written: Written, asked: frozenset[Perspective] = frozenset(Perspective)) -> Said:
    """The same as the database adds up."""
    ratings: dict[tuple[Perspective, str], Counter[int]] = {}
    texts: dict[tuple[Perspective, Text], list[str]] = {}
    for perspective, answer in written:
        for key, rating in answer.ratings.items():
            ratings.setdefault((perspective, key), Counter())[rating] += 1
        for question, text in answer.texts.items():
            texts.setdefault((perspective, question), []).append(text)
    return Said(ratings, texts, Counter(perspective for perspective, _ in written), asked)


def told(written: Written) -> Report:
    return rules.report(said(written), TERMS)


def rated(perspective: Perspective, *ratings: int) -> Written:
    """So many answers, each with a rating of the first competency and words of its own."""
    return [
        (perspective, Answer({SKILLS[0]: rating}, {Text.KEEP: f"{perspective} {place}"}))
        for place, rating in enumerate(ratings)
    ]


# Who is shown: below, at and above the threshold, and what a small perspective does to another


@pytest.mark.parametrize(
    ("peers", "reports", "figures", "words", "missing"),
    [
        (0, 0, (), (), (PEER, REPORT)),
        (2, 0, (), (), (PEER, REPORT)),
        (2, 2, (), (), (PEER, REPORT)),  # four together, and nothing: neither kind was enough by itself
        (3, 0, ((PEER,),), (PEER,), (REPORT,)),
        (0, 3, ((REPORT,),), (REPORT,), (PEER,)),
        (3, 3, ((PEER,), (REPORT,)), (PEER, REPORT), ()),
        (5, 1, ((PEER, REPORT),), (PEER,), (REPORT,)),  # one figure, or the report would be what is left over
        (2, 4, ((PEER, REPORT),), (REPORT,), (PEER,)),
        (9, 7, ((PEER,), (REPORT,)), (PEER, REPORT), ()),
    ],
)
def test_a_perspective_is_shown_from_three_givers_on(
    peers: int,
    reports: int,
    figures: tuple[tuple[Perspective, ...], ...],
    words: tuple[Perspective, ...],
    missing: tuple[Perspective, ...],
) -> None:
    found = told(rated(PEER, *[4, 3, 5, 2, 1, 4, 3, 5, 2][:peers]) + rated(REPORT, *[3, 4, 5, 2, 1, 4, 3][:reports]))
    assert tuple(one.who for one in found.lines[0].others) == figures
    assert tuple(one.perspective for one in found.words) == words
    assert found.missing == missing
    assert rules.state(found) is (State.RELEASED if figures else State.WITHHELD)


def test_a_manager_signs_and_is_no_colleague_among_others() -> None:
    found = told(rated(PEER, 3, 4, 4) + rated(MANAGER, 1) + rated(SELF, 5))
    assert (found.lines[0].mine, found.lines[0].signed) == (5, 1)
    assert found.lines[0].others == (Figure((PEER,), 3.5),)
    assert (found.signed, found.mine) == (((Text.KEEP, "manager 0"),), ((Text.KEEP, "self 0"),))
    assert [one.said for one in found.words] == [("peer 0", "peer 1", "peer 2")]


def test_what_is_signed_is_there_where_colleagues_were_too_few() -> None:
    found = told(rated(PEER, 3, 4) + rated(MANAGER, 4))
    assert found.is_withheld
    assert (found.lines[0].signed, found.lines[0].others, found.words) == (4, (), ())
    assert "peer" not in str([line for line in found.lines if line.others])


@pytest.mark.parametrize(
    ("ratings", "words", "spread"),
    [
        ((3, 4, 4), "3.5", ()),
        ((5, 5, 5), "4.5 or more", ()),
        ((5, 4, 4), "4.5 or more", ()),
        ((1, 1, 1, 1), "1.5 or less", ()),
        ((2, 3, 5, 5), "4.0", ()),  # 3.75, to a half
        ((2, 3, 5, 5, 4), "3.8", (0, 1, 1, 1, 2)),
        ((4, 4, 4, 4, 4), "4.0", ()),  # too alike for a spread
        ((5, 5, 5, 5, 1), "4.0", ()),  # all but one: 4.2
        ((5, 5, 5, 5, 5, 5), "4.5 or more", ()),
        ((5, 5, 5, 5, 4, 4), "4.7", (0, 0, 0, 2, 4)),
    ],
)
def test_a_figure_tells_no_more_than_its_size_allows(
    ratings: tuple[int, ...], words: str, spread: tuple[int, ...]
) -> None:
    (figure,) = told(rated(PEER, *ratings)).lines[0].others
    assert (figure.said, figure.spread) == (words, spread)


@pytest.mark.parametrize(
    ("mine", "others", "gap"),
    [
        (None, (3.0,), None), (4, (), None), (4, (4.5,), Gap.CLOSE), (2, (3.5,), Gap.LOWER), (5, (3.5,), Gap.HIGHER),
        (4, (3.0,), Gap.HIGHER), (3, (2.5, 4.5), Gap.CLOSE),
    ],
)  # fmt: skip
def test_self_and_others_are_compared_in_both_directions(
    mine: int | None, others: tuple[float, ...], gap: Gap | None
) -> None:
    assert Line("a", "A", mine, None, tuple(Figure((PEER,), mean) for mean in others)).gap is gap


def test_strengths_are_agreed_and_three_at_most_are_where_to_grow() -> None:
    lines = [
        Line(str(place), "", mine, None, (Figure((PEER,), seen),))
        for place, (mine, seen) in enumerate([(5, 4.5), (3, 4.5), (5, 3.0), (2, 1.5), (None, 2.0), (4, 2.5)])
    ]
    found = Report(3, tuple(lines))
    assert [one.key for one in found.strengths] == ["0"]
    assert [one.key for one in found.to_grow] == ["3", "4", "5"]


# Nobody can be told from another


@st.composite
def rounds(draw: st.DrawFn) -> Written:
    """Any round: everybody rates some competencies, writes to some questions, or leaves all empty."""
    answers = st.builds(
        Answer,
        ratings=st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5)),
        texts=st.dictionaries(st.sampled_from(Text), st.sampled_from(["thanks", "more reviews", "listens", "בהירות"])),
    )
    sizes = {SELF: st.integers(0, 1), MANAGER: st.integers(0, 1), PEER: st.integers(0, 7), REPORT: st.integers(0, 6)}
    return [(one, draw(answers)) for one, many in sizes.items() for _ in range(draw(many))]


def colleagues(written: Written, perspective: Perspective) -> set[int]:
    return {place for place, (one, _) in enumerate(written) if one is perspective}


def raters(written: Written, figure: Figure, key: str) -> frozenset[int]:
    return frozenset(
        place for one in figure.who for place in colleagues(written, one) if key in written[place][1].ratings
    )


def shuffled(written: Written, random: Random) -> Written:
    """Another round in which, question by question, colleagues of one kind have each given another one's answer."""
    ratings: list[dict[str, int]] = [dict(answer.ratings) if one not in COLLEAGUES else {} for one, answer in written]
    texts = [dict(answer.texts) if one not in COLLEAGUES else {} for one, answer in written]
    for kind in COLLEAGUES:
        givers = sorted(colleagues(written, kind))
        for key in SKILLS:
            for place, other in zip(givers, random.sample(givers, len(givers)), strict=True):
                if key in written[other][1].ratings:
                    ratings[place][key] = written[other][1].ratings[key]
        for question in Text:
            for place, other in zip(givers, random.sample(givers, len(givers)), strict=True):
                if question in written[other][1].texts:
                    texts[place][question] = written[other][1].texts[question]
    return [(one, Answer(ratings[place], texts[place])) for place, (one, _) in enumerate(written)]


def in_any_order(found: Report) -> str:
    words = sorted((one.question, one.perspective, sorted(one.said)) for one in found.words)
    return f"{found.lines}{words}{found.signed}{found.mine}{found.missing}"


@given(rounds(), st.randoms(use_true_random=False))
def test_the_report_is_the_same_whoever_of_their_kind_gave_which_answer(written: Written, random: Random) -> None:
    """So each text is as much anybody's of that kind as its giver's, and no two things of one giver go together."""
    found = rules.read(rules.write(told(written)))  # as it is kept
    assert in_any_order(found) == in_any_order(told(shuffled(written, random)))
    for words in found.words:
        assert len(colleagues(written, words.perspective)) >= TERMS.least
        assert words.perspective in COLLEAGUES


def groups_within(known: set[frozenset[int]]) -> set[frozenset[int]]:
    """All that can be reckoned from these, by adding and taking away."""
    while not known >= (more := {new for one, other in product(known, repeat=2) for new in (one - other, one | other)}):
        known = known | more
    return known


@given(rounds())
def test_no_figures_added_to_or_taken_from_each_other_leave_one_or_two_people(written: Written) -> None:
    """Whoever subtracts also knows everybody who rated: their own rating, the manager's, and who stayed hidden."""
    for line in told(written).lines:
        groups = [raters(written, figure, line.key) for figure in line.others]
        everybody = frozenset(
            place for one in COLLEAGUES for place in colleagues(written, one) if line.key in written[place][1].ratings
        )
        known = groups_within({*groups, *([everybody] if groups else [])})
        assert all(len(group) >= TERMS.least for group in known - {frozenset()})
        assert all(not one & other for one, other in combinations(groups, 2))


@cache
def possible(figure: Figure, many: int) -> set[int]:
    """The ratings that somebody in this figure may have given, for an attacker who knows how many rated."""
    return {
        rating
        for ratings in combinations_with_replacement(range(1, 6), many)
        if rules.figure(figure.who, Counter(ratings), spread_from=TERMS.spread_from) == figure
        for rating in ratings
    }


@given(rounds())
def test_no_figure_tells_what_somebody_rated(written: Written) -> None:
    """Also where all of them gave the same: with each figure, at least two ratings are possible for everybody in it."""
    for line in told(written).lines:
        for figure in line.others:
            assert len(possible(replace(figure, who=(PEER,)), len(raters(written, figure, line.key)))) >= 2


@given(rounds(), st.integers(1, 5), st.integers(1, 5))
def test_what_the_person_and_the_manager_say_changes_nothing_that_is_shown_of_colleagues(
    written: Written, mine: int, signed: int
) -> None:
    others = [(one, answer) for one, answer in written if one in COLLEAGUES]
    found, again = told(written), told([*others, *rated(SELF, mine), *rated(MANAGER, signed)])
    assert [line.others for line in found.lines] == [line.others for line in again.lines]
    assert found.words == again.words


def test_the_attacker_of_these_proofs_wins_where_the_rules_are_weaker() -> None:
    """A mean without limits at its ends tells all three ratings; a whole of seven less five peers tells two."""
    assert [ones for ones in combinations_with_replacement(range(1, 6), 3) if sum(ones) / 3 == 5] == [(5, 5, 5)]
    assert groups_within({frozenset(range(7)), frozenset(range(5))}) >= {frozenset({5, 6})}
