"""`omdehoek directory check`: what is wrong in the directory, and an exit code that a script can use."""

import json

import pytest
from sqlalchemy import update

from referral.db import Database
from referral.models.cost_option import CostOption
from referral.models.service import Service

pytestmark = pytest.mark.usefixtures("tuesday")

IDO = "ido-ommen-voorbeeld"


@pytest.fixture
def spoil(tmp_path):
    """Takes away what is said of the cost of a service, and sets other values of it."""

    def run(**values):
        database = Database(f"sqlite:///{tmp_path / 'omdehoek.db'}")
        with database.begin() as session:
            session.execute(
                update(CostOption).where(CostOption.service_id == IDO).values(amount=None, amount_description=None)
            )
            if values:
                session.execute(update(Service).where(Service.id == IDO).values(**values))
        database.dispose()

    return run


def read_lines(ended):
    *findings, counts = [json.loads(line) for line in ended.out.splitlines()]
    return findings, counts


def test_the_example_directory_comes_through_and_is_told_apart(omdehoek):
    ended = omdehoek("directory", "check")
    assert (ended.code, ended.err) == (0, "")
    assert "Bibliotheek Ommen (voorbeeld) (voorbeelden)\n" in ended.out
    assert "    Let op: Kijk dit opnieuw na. Dat had voor 13-10-2026 gemoeten.\n" in ended.out
    assert "Eigen gegevens" not in ended.out
    assert "Voorbeelden: " in ended.out.splitlines()[-1]
    assert " 0 keer fout" in ended.out.splitlines()[-1]


def test_an_error_ends_with_1(omdehoek, spoil):
    spoil()
    ended = omdehoek("directory", "check", "--municipality", "GM0175", "--only", "error")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines()[:3] == [
        "Bibliotheek Ommen (voorbeeld) (voorbeelden)",
        f"  Informatiepunt Digitale Overheid (voorbeeld) [{IDO}]",
        "    Fout: Vul in wat het kost. Kost het niets? Vul dan in dat het gratis is.",
    ]
    assert len(ended.out.splitlines()) == 4


def test_our_own_services_are_counted_apart(omdehoek, spoil):
    spoil(is_example=False)
    _, counts = read_lines(omdehoek("directory", "check", "--json"))
    assert counts["own"]["services"] == 1
    assert counts["own"]["errors"] == 1
    assert counts["examples"]["errors"] == 0


def test_as_json_each_finding_is_a_line(omdehoek, spoil):
    spoil()
    ended = omdehoek("directory", "check", "--only", "error", "--json")
    (finding,), counts = read_lines(ended)
    assert ended.code == 1
    assert finding == {
        "organizationId": "bibliotheek-ommen-voorbeeld",
        "serviceId": IDO,
        "locationId": None,
        "isExample": True,
        "code": "no_cost",
        "severity": "error",
        "field": "cost_option.amount",
        "text": "Vul in wat het kost. Kost het niets? Vul dan in dat het gratis is.",
    }
    assert counts["examples"]["warnings"] > 0


def test_an_error_that_is_not_shown_still_ends_with_1(omdehoek, spoil):
    spoil()
    ended = omdehoek("directory", "check", "--only", "hint")
    assert ended.code == 1
    assert "Fout" not in ended.out


@pytest.mark.parametrize("municipality", ["GM0175", "Ommen", "gemeente ommen"])
def test_a_municipality_goes_by_its_code_or_its_name(omdehoek, municipality):
    ended = omdehoek("directory", "check", "--municipality", municipality)
    assert "ido-ommen-voorbeeld" not in ended.err
    assert "Taalpunt (voorbeeld)" in ended.out
    assert "Bibliotheek Zwolle" not in ended.out


def test_where_nobody_is_that_is_said(omdehoek):
    ended = omdehoek("directory", "check", "--municipality", "GM0363")
    assert (ended.code, ended.out) == (0, "Er zijn hier geen diensten.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--municipality", "GM9999"], "unknown_place"),
        (["--municipality", "Elst"], "Elst (Overbetuwe), Elst (Rhenen)"),
        (["--only", "fatal"], "fatal"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(omdehoek, arguments, said):
    ended = omdehoek("directory", "check", *arguments)
    assert ended.code == 2
    assert said in ended.err
