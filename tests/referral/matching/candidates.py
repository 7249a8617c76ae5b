"""Candidates and needs for the tests, with everything that a test does not care about filled in."""

from datetime import date, datetime

from referral.clock import AMSTERDAM
from referral.directory.candidate import Candidate, Channel
from referral.directory.openings import Hours, Timetable
from referral.matching.match import Need

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
HERE = (52.51, 6.09)


def make_candidate(service_id: str, hours: str | None = "Mo-Su 09:00-17:00", **fields) -> Candidate:
    by_default = {
        "organization_id": "organization",
        "name": service_id,
        "organization_name": "Organization",
        "kinds": frozenset({"first"}),
        "serves": frozenset({"GM0193"}),
        "hours": Hours((Timetable(hours),) if hours else ()),
        "channels": frozenset({Channel.VISIT, Channel.PHONE}),
        "location_id": f"at-{service_id}",
        "latitude": HERE[0],
        "longitude": HERE[1],
        "assured_date": date(2026, 11, 1),
        "check_due": date(2027, 5, 1),
    }
    return Candidate(service_id=service_id, **(by_default | fields))


def make_need(**fields) -> Need:
    by_default = {"kinds": ("first", "second"), "moment": TUESDAY, "municipality": "GM0193", "point": HERE}
    return Need(**(by_default | fields))
