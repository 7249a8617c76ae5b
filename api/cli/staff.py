"""`omdehoek staff`: accounts from the command line, for who runs the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from api.cli.store import prepare_database
from referral.clock import read_clock
from referral.db import Database
from referral.models.grant import Role
from referral.models.person import Person
from referral.settings import get_settings
from referral.staff import people, reach
from referral.staff.scopes import Permission, parse_scope

app = typer.Typer(no_args_is_help=True, help="The accounts of the staff.")

Name = Annotated[str, typer.Argument(help="name, as colleagues see it")]
Email = Annotated[str, typer.Argument(help="e-mail address of the account")]
TheRole = Annotated[Role, typer.Argument(help="what somebody may do")]
Where = Annotated[
    str, typer.Argument(help="country, province:NAME, municipality:GM0193, library:ID or provider:ID", metavar="SCOPE")
]


@app.command("add")
def add(name: Name, email: Email, role: TheRole, scope: Where) -> None:
    """Add somebody with a first grant, and show the one-time password."""
    with open_database() as session:
        person = people.add_person(session, name, email, now=read_clock())
        give(session, person, role, scope)
        password = people.reset_password(session, person, read_clock())
    show_password(email, password)


@app.command("list")
def show_people() -> None:
    """Show everybody, with what they may do."""
    with open_database() as session:
        permissions = people.list_all_permissions(session)
        for person in people.list_people(session):
            held = ", ".join(f"{one.role} {one.scope}" for one in permissions.get(person.id, ()))
            blocked = "  (blocked)" if person.is_blocked else ""
            typer.echo(f"{person.email}  {person.name}  {held}{blocked}")


@app.command("grant")
def grant(email: Email, role: TheRole, scope: Where) -> None:
    """Give somebody another grant."""
    with open_database() as session:
        give(session, people.get_by_email(session, email), role, scope)


@app.command("reset")
def reset(email: Email) -> None:
    """Let somebody in again with a one-time password, and show it; it ends their sessions."""
    with open_database() as session:
        person = people.get_by_email(session, email)
        people.unblock(person)
        password = people.reset_password(session, person, read_clock())
    show_password(email, password)


@contextmanager
def open_database() -> Iterator[Session]:
    """Open a session on a database that is ready; committed at the end."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.begin() as session:
            yield session
    finally:
        database.dispose()


def give(session: Session, person: Person, role: Role, scope: str) -> None:
    permission = Permission(role, parse_scope(scope))
    reach.check_scope(session, permission.scope)
    people.add_grant(session, person, permission)


def show_password(email: str, password: str) -> None:
    typer.echo(f"one-time password for {email}, shown this once: {password}")
