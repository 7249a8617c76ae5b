"""A number that was read nowhere is shown when somebody has confirmed it, and not before."""

import pytest
from sqlalchemy import select

from referral.directory import service as directory
from referral.directory.load import load_catalogue
from referral.directory.national import make_national_id
from referral.errors import NotFound
from referral.models.metadata import Metadata
from referral.models.phone import Phone
from referral.overlay import phones
from referral.settings import ROOT
from tests.clock import TUESDAY
from tests.loading import LOADED

RDW = make_national_id("rdw")


def find_rdw(session):
    return next(one for one in phones.list_unverified(session) if one.organization.name == "RDW")


def list_shown(session):
    return [one.number for one in directory.get_service(session, RDW, now=TUESDAY).phones]


def test_a_confirmed_number_is_shown_until_that_is_withdrawn(example_session):
    session = example_session
    assert list_shown(session) == []
    phones.confirm_phone(session, find_rdw(session).phone, by="Noor", now=TUESDAY)
    found = find_rdw(session).phone
    assert list_shown(session) == [found.number]
    assert (found.assurer_name, found.assured_date.isoformat()) == ("Noor", "2026-11-24")
    phones.withdraw_phone(session, found, by="Noor", now=TUESDAY)
    assert list_shown(session) == []
    traces = session.scalars(select(Metadata.field_name).where(Metadata.resource_id == found.id)).all()
    assert sorted(traces) == ["assured_date", "assured_date", "assurer_name", "assurer_name"]


def test_a_confirmation_survives_an_upgrade(example_session):
    phones.confirm_phone(example_session, find_rdw(example_session).phone, by="Noor", now=TUESDAY)
    load_catalogue(example_session, ROOT / "data", now=LOADED)
    assert len(list_shown(example_session)) == 1


def test_a_number_that_was_read_somewhere_needs_no_confirmation(example_session):
    known = example_session.scalars(select(Phone).where(Phone.evidence == "official")).first()
    with pytest.raises(NotFound):
        phones.get_unverified(example_session, known.id)
    with pytest.raises(NotFound):
        phones.confirm_phone(example_session, known, by="Noor", now=TUESDAY)
