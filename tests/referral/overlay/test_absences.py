"""Only an editor's word makes "it does not exist" of "we do not have it"."""

import pytest

from referral.catalogue.service import load_catalogue
from referral.errors import InvalidInput, UnknownPlace
from referral.matching.gaps import GapKind
from referral.matching.service import find_partner
from referral.overlay import absences
from referral.places.table import load_places
from referral.settings import ROOT
from tests.clock import TUESDAY

GRONINGEN = "GM0014"  # no example partners there


def confirm(session, municipality=GRONINGEN, kind="huurteam", by="Noor"):
    absences.confirm_absence(
        session, municipality, kind,
        catalogue=load_catalogue(ROOT / "data"), places=load_places(ROOT / "data"), by=by, now=TUESDAY,
    )  # fmt: skip


def find_gap(session):
    return find_partner(session, partners=("huurteam",), national=(), now=TUESDAY, municipality=GRONINGEN).gap.kind


def test_a_confirmed_absence_makes_the_gap_a_fact(example_session):
    assert find_gap(example_session) is GapKind.NOT_IN_DIRECTORY
    confirm(example_session)
    assert find_gap(example_session) is GapKind.NONE_EXISTS
    absences.withdraw_absence(example_session, GRONINGEN, "huurteam")
    assert find_gap(example_session) is GapKind.NOT_IN_DIRECTORY


def test_a_second_time_renews_who_said_it(example_session):
    confirm(example_session)
    confirm(example_session, by="Bas")
    assert [(one.municipality, one.assurer_name) for one in absences.list_absences(example_session)] == [
        (GRONINGEN, "Bas")
    ]


@pytest.mark.parametrize("kind", ["geen_soort", "ido", ""])
def test_what_is_no_kind_or_is_everywhere_by_law_cannot_be_missing(example_session, kind):
    with pytest.raises(InvalidInput):
        confirm(example_session, kind=kind)


def test_a_municipality_that_does_not_exist_is_refused(example_session):
    with pytest.raises(UnknownPlace):
        confirm(example_session, municipality="GM9999")


def test_withdrawing_what_was_never_said_is_no_error(example_session):
    absences.withdraw_absence(example_session, GRONINGEN, "huurteam")
    assert absences.list_absences(example_session) == []
