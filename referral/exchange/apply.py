"""Writes a plan in the caller's transaction, whole or not at all, with a row in `metadata` for each changed field."""

from datetime import datetime

from sqlalchemy.orm import Session

from referral.exchange.plan import Plan


def apply_plan(session: Session, plan: Plan, *, by: str, now: datetime) -> None:
    """Write the plan; `by` is who did it (a person's name or `import`), `now` is aware.

    Raises `PlanRefused` when the plan has a problem that blocks, `PlanOutdated` when the directory has changed since it
    was made. The caller commits.
    """
    raise NotImplementedError
