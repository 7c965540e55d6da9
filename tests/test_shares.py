"""Checks that clients are served in turn, and that none takes the share of others."""

from hypothesis import given
from hypothesis import strategies as st

from metrograph.query.shares import Share, Shares
from metrograph.web.clients import client_of


def test_clients_are_served_in_turn_and_each_in_its_order() -> None:
    shares: Shares[int] = Shares(Share(running=9, waiting=9, waiting_in_all=99))
    for client, job in (("a", 1), ("a", 2), ("a", 3), ("b", 4), ("c", 5), ("b", 6)):
        assert shares.add(client, job)
    served = [shares.next() for _ in range(7)]
    assert served == [("a", 1), ("b", 4), ("c", 5), ("a", 2), ("b", 6), ("a", 3), None]


def test_a_client_gets_its_next_turn_when_one_of_its_jobs_is_done() -> None:
    shares: Shares[str] = Shares(Share(running=1, waiting=2, waiting_in_all=9))
    shares.add("a", "one")
    shares.add("a", "two")
    assert shares.next() == ("a", "one")
    assert shares.next() is None
    shares.done("a")
    assert shares.next() == ("a", "two")
    assert shares.clear() == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=60))
def test_no_order_of_events_breaks_the_limits_or_loses_a_job(
    events: list[tuple[str, bool]],
) -> None:
    shares: Shares[int] = Shares(Share(running=2, waiting=3, waiting_in_all=10))
    waiting: list[tuple[str, int]] = []
    running: list[str] = []
    for number, (client, adds) in enumerate(events):
        mine = [job for owner, job in waiting if owner == client]
        if adds:
            has_room = len(mine) < 3 and len(waiting) < 10
            assert shares.add(client, number) is has_room
            waiting += [(client, number)] if has_room else []
        elif client in running:
            running.remove(client)
            shares.done(client)
        elif turn := shares.next():
            first = next(job for owner, job in waiting if owner == turn[0])
            assert turn[1] == first  # of one client, in order
            waiting.remove(turn)
            running.append(turn[0])
            assert running.count(turn[0]) <= 2
        else:
            assert all(running.count(owner) == 2 for owner, _ in waiting)
    assert sorted(shares.clear()) == sorted(job for _, job in waiting)


def test_a_network_of_ipv6_is_one_client() -> None:
    same = [client_of({"client": (f"2001:db8:0:1::{host}", 1)}) for host in ("1", "ffff", "a:b")]
    assert same == ["2001:db8:0:1::"] * 3
    assert client_of({"client": ("2001:db8:0:2::1", 1)}) != same[0]
    assert client_of({"client": ("fe80::1%eth0", 1)}) == "fe80::"
    assert client_of({"client": ("testclient", 50000)}) == "testclient"
    assert client_of({"client": None}) == client_of({}) == ""
