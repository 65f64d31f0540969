"""F12: the same request sent five hundred times at once."""

import json
import threading

import pytest
from django.db import connection

from konveyer.domain.workspace.models import Member
from konveyer.kit import tenancy
from tests.web.api import Program
from tests.world import build_world

THREADS, EACH = 20, 25


@pytest.mark.shows("F12")
def test_five_hundred_posts_at_once_have_one_effect(committed: None) -> None:
    world = build_world()
    with tenancy.enter(world.workspace.pk):
        owner = Program(Member.objects.get(name="Igor"))
    answers: list[tuple[int, str]] = []
    gate = threading.Barrier(THREADS)

    def hammer() -> None:
        gate.wait()
        for _turn in range(EACH):
            answer = owner.post("teams", {"name": "At once"}, "the-same-key")
            answers.append((answer.status_code, answer.content.decode()))
        connection.close()

    threads = [threading.Thread(target=hammer) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 500
    assert {status for status, _text in answers} == {201}
    assert len({json.loads(text)["id"] for _status, text in answers}) == 1
    with tenancy.enter(world.workspace.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from team where name = 'At once'")
        assert cursor.fetchone() == (1,)
        cursor.execute("select count(*) from journal_entry where subject = 'team'")
        assert cursor.fetchone() == (1,)
    other = owner.post("teams", {"name": "Something else"}, "the-same-key")
    assert other.status_code == 422
