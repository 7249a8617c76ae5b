"""Whether we live, and whether every part is up."""

from tests.postgres import find_free_port


def test_alive_is_said_without_looking_at_any_part(door):
    assert door.ask("GET", "/health/live").json() == {"status": "ok"}


def test_not_ready_tells_which_part_is_down(door):
    answer = door.ask("GET", "/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"parts": {"database": True, "rasa": False, "actions": False}}


def test_without_a_database_it_is_alive_and_not_ready(make_door):
    door = make_door(database_url=f"postgresql+psycopg://omdehoek@127.0.0.1:{find_free_port()}/omdehoek")
    assert door.ask("GET", "/health/live").status_code == 200
    assert door.ask("GET", "/health/ready").json()["parts"]["database"] is False
