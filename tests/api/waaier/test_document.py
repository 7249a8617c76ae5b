"""The PDF: what goes in comes out as it is, tagged, in both sizes; nothing in a name is read as layout."""

from dataclasses import replace

import pytest

from api.waaier.document import Paper, make_pdf
from api.waaier.sheet import Chapter, LeafSheet, Part, PartnerSheet, Point, Sheet, Source
from tests.api.waaier.reading import read_pdf, read_text

MILLIMETRE = 72 / 25.4
WIDTHS = {Paper.A4: 210, Paper.A5: 148}
PARTNER = PartnerSheet(
    name="Loket Zuid",
    organisation="Gemeente",
    does="Helpt met brieven.",
    note="",
    lines=(("Adres", "Plein 1"), ("Open", "dinsdag 9.00-12.00")),
    phones=(("038 123 45 67", "tel:+31381234567", "kies 2"),),
    website="https://www.example.nl",
    checked="Nagekeken op 1 november 2026",
)
LEAF = LeafSheet(
    id="digid",
    title="DigiD",
    parts=(Part("Wat is het?", (Point("Uw sleutel.", 1),)),),
    sources=(Source(1, "https://www.digid.nl", "https://www.digid.nl", "gelezen november 2026"),),
    lacks="",
    partners=(PARTNER,),
)
SHEET = Sheet(
    language="nl",
    title="Informatiewaaier",
    library="Bibliotheek Zwolle",
    day="Zoals het was op 24 november 2026",
    date="2026-11-24",
    contents="Inhoud",
    partners="Partners bij Zwolle",
    phone="Telefoon",
    website="Website",
    sources="Bronnen",
    chat="https://hulp.example.nl",
    chat_words="Ga naar https://hulp.example.nl",
    code_words="QR-code",
    chapters=(Chapter("digitale_overheid", "Overheid", (LEAF,)),),
)


def with_partner(**changes):
    leaf = replace(LEAF, partners=(replace(PARTNER, **changes),))
    return replace(SHEET, chapters=(Chapter("digitale_overheid", "Overheid", (leaf,)),))


@pytest.mark.parametrize("paper", Paper)
def test_everything_that_the_sheet_says_is_on_paper(paper):
    text = read_text(make_pdf(SHEET, paper))
    said = (
        "Informatiewaaier",
        "Bibliotheek Zwolle",
        "Inhoud",
        "Overheid",
        "DigiD",
        "Uw sleutel.",
        "Partners bij Zwolle",
    )
    of_partner = (
        "Loket Zuid",
        "Plein 1",
        "dinsdag 9.00-12.00",
        "038 123 45 67",
        "kies 2",
        "Nagekeken op 1 november 2026",
    )
    for part in (*said, *of_partner, "gelezen november 2026", "https://hulp.example.nl"):
        assert part in text


@pytest.mark.parametrize("paper", Paper)
def test_it_can_be_read_aloud_and_leafed_through(paper):
    read = read_pdf(make_pdf(SHEET, paper))
    catalog = read.trailer["/Root"]
    assert catalog["/Lang"].startswith("nl")
    assert catalog["/MarkInfo"]["/Marked"]
    assert read.metadata.title == "Informatiewaaier – Bibliotheek Zwolle"
    assert "DigiD" in str(read.outline)
    assert round(float(read.pages[0].mediabox.width) / MILLIMETRE) == WIDTHS[paper]
    links = [
        note.get_object()["/A"]["/URI"]
        for page in read.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert {"tel:+31381234567", "https://www.example.nl", "https://www.digid.nl"} <= {str(link) for link in links}


@pytest.mark.parametrize(
    "name",
    [
        "#pagebreak() Jansen",
        "$x^2$ & zonen",
        "*Sterk* en _schuin_",
        "@bron <label>",
        r"C:\pad\naar",
        '"quotes" \'n ding',
        "= Kop",
        "// weg",
    ],
)
def test_a_name_is_never_read_as_layout(name):
    assert name in read_text(make_pdf(with_partner(name=name), Paper.A4)).replace("’", "'").replace("‘", "'")


def test_a_name_in_other_letters_and_one_that_fits_no_line_do_no_harm():
    made = make_pdf(with_partner(name="مركز المساعدة", does="x" * 3000), Paper.A5)
    assert read_text(made).count("x") > 2900


def test_a_card_without_partners_says_so():
    leaf = replace(LEAF, partners=(), lacks="Hiervoor is er niemand.")
    sheet = replace(SHEET, chapters=(Chapter("leren", "Leren", (leaf,)),))
    assert "Hiervoor is er niemand." in read_text(make_pdf(sheet, Paper.A4))


def test_nothing_at_all_is_still_a_document():
    assert len(read_pdf(make_pdf(replace(SHEET, chapters=(), library="", chat=""), Paper.A4)).pages) >= 1


def test_the_same_again_is_not_made_twice_and_another_day_is():
    first = make_pdf(SHEET, Paper.A4)
    assert make_pdf(replace(SHEET), Paper.A4) is first
    assert make_pdf(replace(SHEET, day="Zoals het was op 25 november 2026"), Paper.A4) is not first
