"""Who stands in, and how work is dealt out. No database."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.absence.rules.sharing import Hand, share, stand_in

A, B, C, D = (UUID(int=n) for n in range(1, 5))
SELLER, CALLER = UUID(int=21), UUID(int=22)


@pytest.mark.shows("I3.absence")
def test_a_deputy_who_is_away_too_is_stood_in_for_by_his_own() -> None:
    deputies: dict[UUID, UUID | None] = {A: B, B: C, C: A}
    assert stand_in(A, deputies, {B, C}) == B
    assert stand_in(A, deputies, {C}) == C
    assert stand_in(A, deputies, {D}) is None, "a circle ends"
    assert stand_in(D, deputies, {A, B, C}) is None, "he has none"


@pytest.mark.shows("I3.absence")
def test_leads_go_to_the_least_loaded_who_holds_the_role_and_has_room() -> None:
    both, busy = Hand(A, 1), Hand(B, 3, limit=4)
    leads = [uuid4() for _ in range(6)]
    work = [(lead, SELLER) for lead in leads[:5]] + [(leads[5], CALLER)]
    found = share(work, {SELLER: [both, busy], CALLER: [Hand(C, 7, limit=7)]})
    assert [found[lead] for lead in leads] == [A, A, A, B, A, None]


hands = st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 12)), max_size=4).map(
    lambda rows: [Hand(UUID(int=n + 1), held, limit) for n, (held, limit) in enumerate(rows)]
)


@given(st.integers(0, 30), hands)
def test_nobody_is_filled_beyond_his_frame_and_loads_stay_even(count: int, free: list[Hand]) -> None:
    before = {hand.member: hand.held for hand in free}
    work = [(UUID(int=100 + n), SELLER) for n in range(count)]
    given_to = share(work, {SELLER: free})
    assert len(given_to) == count
    for hand in free:
        assert hand.held == before[hand.member] + sum(to == hand.member for to in given_to.values())
        assert hand.limit is None or hand.held <= max(hand.limit, before[hand.member])
    took = [hand for hand in free if hand.held > before[hand.member]]
    for hand in took:  # nobody got one while a less loaded one had room
        assert all(other.full or other.held >= hand.held - 1 for other in free)
    if None in given_to.values():
        assert all(hand.full for hand in free)
