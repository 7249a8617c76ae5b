"""`omdehoek campaign`: a link and two files."""

HERE = {"OMDEHOEK_PUBLIC_URL": "https://hulp.example.nl/"}


def test_a_campaign_gives_its_link_and_writes_two_files(omdehoek, tmp_path):
    told = omdehoek("campaign", "poster-2026", "--out", tmp_path, **HERE)
    assert told.code == 0
    assert told.out.splitlines()[0] == "https://hulp.example.nl/?campagne=poster-2026"
    assert (tmp_path / "poster-2026.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "poster-2026.svg").read_bytes()


def test_a_wrong_name_a_missing_address_and_a_missing_folder_are_told(omdehoek, tmp_path):
    assert omdehoek("campaign", "Een Naam", **HERE).code == 2
    assert omdehoek("campaign", "poster", "--out", tmp_path / "no" / "such", **HERE).code == 2
    assert omdehoek("campaign", "poster", OMDEHOEK_PUBLIC_URL="").code == 2
    assert not list(tmp_path.glob("poster*"))
