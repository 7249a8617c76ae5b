"""Who signs in gets a session that ends; who may not, learns nothing from it."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from referral.errors import WeakPassword
from referral.models.grant import Role
from referral.models.person import Person
from referral.models.session import StaffSession
from referral.staff import people
from referral.staff import service as staff
from referral.staff.scopes import COUNTRY, Permission
from referral.staff.service import Identity
from tests.clock import TUESDAY
from tests.referral.staff.conftest import EMAIL, PASSWORD, add

NOW = TUESDAY
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
ISSUER = "https://id.example"


def try_to_sign_in(database, password=PASSWORD, now=NOW, email=EMAIL, old_token=None):
    with database.begin() as session:
        return staff.sign_in(session, email, password, now=now, old_token=old_token)


def resolve(database, token, now=NOW):
    with database.read() as session:
        return staff.resolve_session(session, token, now=now, idle=IDLE, longest=LONGEST)


def change(database, **values):
    with database.begin() as session:
        person = people.get_by_email(session, EMAIL)
        for name, value in values.items():
            setattr(person, name, value)


def read(database, name):
    with database.read() as session:
        return session.scalar(select(getattr(Person, name)).where(Person.email == EMAIL))


# ── in, or not ────────────────────────────────────────────────────────────────


def test_the_right_password_opens_a_session(database, person_id):
    entry = try_to_sign_in(database, email=f"  {EMAIL.upper()} ")
    assert entry.person_id == person_id
    signed_in = resolve(database, entry.token)
    assert (signed_in.person_id, signed_in.name, signed_in.email) == (person_id, "Noor de Wit", EMAIL)
    assert not signed_in.is_one_time


@pytest.mark.usefixtures("person_id")
@pytest.mark.parametrize(("email", "password"), [(EMAIL, "fout"), (EMAIL, ""), ("niemand@x.nl", PASSWORD), ("", "")])
def test_anything_else_opens_none(database, email, password):
    assert try_to_sign_in(database, password, email=email) is None
    with database.read() as session:
        assert session.scalars(select(StaffSession)).all() == []


@pytest.mark.usefixtures("person_id")
def test_nobody_gets_in_without_a_password_of_their_own(database):
    change(database, password_hash=None)
    assert try_to_sign_in(database, "") is None
    assert try_to_sign_in(database, PASSWORD) is None


@pytest.mark.usefixtures("person_id")
def test_an_unknown_address_takes_the_same_work(database, monkeypatch):
    verified = []
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: verified.append(given[1]) or real(*given))
    for email in (EMAIL, "niemand@x.nl"):
        try_to_sign_in(database, "fout", email=email)
    parameters = [stored.rsplit("$", 2)[0] for stored in verified]
    assert len(parameters) == 2
    assert parameters[0] == parameters[1]


@pytest.mark.usefixtures("person_id")
def test_only_a_hash_of_the_token_is_stored(database):
    token = try_to_sign_in(database).token
    assert len(token) >= 43
    with database.read() as session:
        stored = session.execute(text("SELECT * FROM session")).one()
    assert token not in repr(stored)
    assert resolve(database, stored.token_hash) is None


@pytest.mark.usefixtures("person_id")
def test_the_session_is_another_after_each_sign_in_and_the_old_one_is_over(database):
    first = try_to_sign_in(database).token
    second = try_to_sign_in(database, old_token=first).token
    assert first != second
    assert resolve(database, first) is None
    assert resolve(database, second)


@pytest.mark.usefixtures("person_id")
def test_a_failed_sign_in_leaves_the_session_that_is_open(database):
    token = try_to_sign_in(database).token
    assert try_to_sign_in(database, "fout", old_token=token) is None
    assert resolve(database, token)


@pytest.mark.usefixtures("person_id")
def test_a_weaker_hash_is_made_anew_at_sign_in(database):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    change(database, password_hash=weak)
    assert try_to_sign_in(database)
    assert read(database, "password_hash") != weak
    assert try_to_sign_in(database)


# ── locked and blocked ────────────────────────────────────────────────────────


@pytest.mark.usefixtures("person_id")
def test_after_five_failures_the_right_password_does_not_help_either(database):
    for _ in range(5):
        assert try_to_sign_in(database, "fout") is None
    assert try_to_sign_in(database, now=NOW + timedelta(seconds=59)) is None
    assert try_to_sign_in(database, now=NOW + timedelta(seconds=61))


@pytest.mark.usefixtures("person_id")
def test_four_failures_and_then_the_right_one_count_for_nothing(database):
    for _ in range(4):
        try_to_sign_in(database, "fout")
    assert try_to_sign_in(database)
    assert (read(database, "failed_attempts"), read(database, "locked_until")) == (0, None)


@pytest.mark.usefixtures("person_id")
def test_each_failure_after_a_lock_makes_the_next_one_longer(database):
    for _ in range(5):
        try_to_sign_in(database, "fout")
    later = NOW + timedelta(minutes=2)
    try_to_sign_in(database, "fout", now=later)
    assert read(database, "locked_until") == later + timedelta(minutes=2)


@pytest.mark.usefixtures("person_id")
def test_guesses_while_it_is_locked_do_not_make_the_lock_longer(database):
    for _ in range(5):
        try_to_sign_in(database, "fout")
    until = read(database, "locked_until")
    for _ in range(20):
        try_to_sign_in(database, "fout", now=NOW + timedelta(seconds=30))
    assert read(database, "locked_until") == until


def test_who_is_blocked_is_out_at_once_and_does_not_come_in(database, person_id):
    token = try_to_sign_in(database).token
    with database.begin() as session:
        people.block(session, people.get_person(session, person_id), NOW)
    assert resolve(database, token) is None
    assert try_to_sign_in(database) is None
    with database.begin() as session:
        people.unblock(people.get_person(session, person_id))
    assert resolve(database, token) is None  # the old session stays over
    assert try_to_sign_in(database)


# ── how long a session lasts ──────────────────────────────────────────────────


@pytest.mark.usefixtures("person_id")
@pytest.mark.parametrize(("after", "is_in"), [(timedelta(), True), (IDLE - timedelta(seconds=1), True), (IDLE, False)])
def test_a_session_that_is_not_used_is_over(database, after, is_in):
    token = try_to_sign_in(database).token
    assert bool(resolve(database, token, NOW + after)) is is_in


@pytest.mark.usefixtures("person_id")
def test_use_keeps_a_session_open_but_not_for_ever(database):
    token, now = try_to_sign_in(database).token, NOW
    while now < NOW + LONGEST:
        signed_in = resolve(database, token, now)
        assert staff.is_use_due(signed_in, now) is (now > NOW)
        with database.begin() as session:
            staff.note_use(session, signed_in.session_id, now)
        now += timedelta(minutes=45)
    assert resolve(database, token, now) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
def test_a_token_that_was_never_given_is_nobodys(database, token):
    assert resolve(database, token) is None


# ── ending sessions ───────────────────────────────────────────────────────────


def test_a_person_ends_one_session_or_all_but_this_one(database, person_id):
    tokens = [try_to_sign_in(database).token for _ in range(3)]
    ids = [resolve(database, token).session_id for token in tokens]
    with database.begin() as session:
        staff.end_one(session, person_id, ids[0], NOW)
    assert [bool(resolve(database, token)) for token in tokens] == [False, True, True]
    with database.begin() as session:
        assert staff.end_all(session, person_id, NOW, keep=ids[2]) == 1
    assert [bool(resolve(database, token)) for token in tokens] == [False, False, True]


def test_nobody_ends_the_session_of_somebody_else(database, person_id):
    token = try_to_sign_in(database).token
    with database.begin() as session:
        other = add(session, "bas@bibliotheek.example")
        staff.end_one(session, other.id, resolve(database, token).session_id, NOW)
    assert resolve(database, token).person_id == person_id


def test_only_sessions_that_are_still_of_use_are_listed(database, person_id):
    old, new = try_to_sign_in(database), try_to_sign_in(database, now=NOW + IDLE)
    ended = try_to_sign_in(database, now=NOW + IDLE)
    with database.begin() as session:
        staff.end_session(session, ended.token, NOW + IDLE)
        listed = staff.list_sessions(session, person_id, now=NOW + IDLE, idle=IDLE)
        assert [one.token_hash for one in listed] == [staff.hash_token(new.token)]
        assert staff.find_owner(session, old.token) == staff.find_owner(session, ended.token) == person_id
        assert staff.find_owner(session, "never given") is None


# ── another password ──────────────────────────────────────────────────────────


def change_password(database, person_id, old, new, now=NOW):
    with database.begin() as session:
        return staff.change_password(session, people.get_person(session, person_id), old=old, new=new, now=now)


def test_another_password_ends_every_session_and_opens_a_new_one(database, person_id):
    tokens = [try_to_sign_in(database).token for _ in range(2)]
    entry = change_password(database, person_id, PASSWORD, "een heel ander woord")
    assert [resolve(database, token) for token in tokens] == [None, None]
    assert resolve(database, entry.token)
    assert try_to_sign_in(database) is None
    assert try_to_sign_in(database, "een heel ander woord")


def test_without_the_present_password_nothing_changes_and_guesses_are_counted(database, person_id):
    token = try_to_sign_in(database).token
    for _ in range(5):
        assert change_password(database, person_id, "fout", "een heel ander woord") is None
    assert change_password(database, person_id, PASSWORD, "een heel ander woord") is None  # locked by now
    assert resolve(database, token)
    assert try_to_sign_in(database, now=NOW + timedelta(minutes=2))


@pytest.mark.parametrize(("new", "reason"), [("kort", "too_short"), (PASSWORD, "not_new")])
def test_a_weak_or_old_password_is_refused_and_nothing_changes(database, person_id, new, reason):
    token = try_to_sign_in(database).token
    with pytest.raises(WeakPassword) as raised:
        change_password(database, person_id, PASSWORD, new)
    assert raised.value.reason == reason
    assert resolve(database, token)


def test_a_one_time_password_is_changed_without_typing_it_again(database, person_id):
    with database.begin() as session:
        password = people.reset_password(session, people.get_person(session, person_id), NOW)
    entry = try_to_sign_in(database, password)
    assert resolve(database, entry.token).is_one_time
    entry = change_password(database, person_id, "", "een heel ander woord")
    assert not resolve(database, entry.token).is_one_time


@pytest.mark.parametrize(("after", "is_in"), [(timedelta(days=6, hours=23), True), (timedelta(days=7), False)])
def test_a_one_time_password_works_for_a_week(database, person_id, after, is_in):
    with database.begin() as session:
        password = people.reset_password(session, people.get_person(session, person_id), NOW)
    assert bool(try_to_sign_in(database, password, now=NOW + after)) is is_in


# ── work accounts ─────────────────────────────────────────────────────────────


def enter(database, subject="s-1", email=EMAIL, verified=True):
    with database.begin() as session:
        return staff.sign_in_by_identity(session, Identity(ISSUER, subject, email, verified), now=NOW)


def test_a_verified_address_finds_the_account_once_and_the_subject_from_then_on(database, person_id):
    assert enter(database).person_id == person_id
    assert enter(database, email="noor@anders.example").person_id == person_id
    assert enter(database, email=None, verified=False).person_id == person_id
    assert enter(database, subject="s-2") is None  # the address has its subject


@pytest.mark.usefixtures("person_id")
@pytest.mark.parametrize(("email", "verified"), [(EMAIL, False), (None, True), ("niemand@x.nl", True), ("", True)])
def test_without_an_account_or_a_verified_address_there_is_no_entry(database, email, verified):
    assert enter(database, email=email, verified=verified) is None
    assert read(database, "subject") is None


def test_who_is_blocked_does_not_come_in_with_a_work_account_either(database, person_id):
    change(database, is_blocked=True)
    assert enter(database) is None
    change(database, is_blocked=False)
    assert enter(database).person_id == person_id
    change(database, is_blocked=True)
    assert enter(database) is None


def test_a_work_account_makes_an_open_one_time_password_void(database, person_id):
    with database.begin() as session:
        password = people.reset_password(session, people.get_person(session, person_id), NOW)
    signed_in = resolve(database, enter(database).token)
    assert (signed_in.is_one_time, signed_in.has_password) == (False, False)
    assert try_to_sign_in(database, password) is None
    assert change_password(database, person_id, "", "een heel ander woord") is None


def test_who_is_signed_in_has_the_roles_that_were_granted(database, person_id):
    token = try_to_sign_in(database).token
    with database.begin() as session:
        people.add_grant(session, people.get_person(session, person_id), Permission(Role.EDITOR, COUNTRY))
    signed_in = resolve(database, token)
    assert signed_in.has(Role.EDITOR)
    assert not signed_in.has(Role.STAFF)
    assert signed_in.may(Role.EDITOR, [COUNTRY])
    assert not signed_in.may(Role.MANAGER, [COUNTRY])
