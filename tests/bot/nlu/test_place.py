"""Where people say that they live, in the many ways they say it, and words that only look like a place."""

import time

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.place import PlaceExtractor
from bot.nlu.place_finder import PlaceFinder

FINDER = PlaceFinder()


def find(text):
    found = FINDER.find(text)
    return found.value if found else None


NAMED = [
    ("ik woon in Zwolle en kan mijn huur niet meer betalen", "Zwolle"),
    ("Wonend te Sint-Oedenrode, 74 jaar, geen computer in huis.", "Sint-Oedenrode"),
    ("wij zitten in Hoogezand, wie helpt ons met de toeslagen", "Hoogezand"),
    ("hulp bij formulieren gezocht omgeving Doetinchem", "Doetinchem"),
    ("Goedemorgen, ik kom uit Aarle-Rixtel en heb een vraag over de zorgverzekering", "Aarle-Rixtel"),
    ("is er in terneuzen ook een spreekuur voor belasting", "Terneuzen"),
    ("mw, 68, uit Vlagtwedde, man overleden, weet niet hoe ze aangifte moet doen", "Vlagtwedde"),
    ("Kan ik in de bibliotheek van Coevorden terecht met mijn laptop?", "Coevorden"),
    ("gemeente Het Hogeland wil mijn uitkering stoppen", "Het Hogeland"),
    ("inwoner van gemeente steenwijkerland, wmo afgewezen", "Steenwijkerland"),
    ("ik ben pas verhuisd naar lutjebroek en heb nog geen huisarts", "Lutjebroek"),
    ("Wijk bij Duurstede, is daar ook een Juridisch Loket?", "Wijk bij Duurstede"),
    ("Op Terschelling is geen advocaat, wat nu", "Terschelling"),
    ("UITKERING AANVRAGEN IN ENSCHEDE", "Enschede"),
    ("sociaal raadslieden almere", "Almere"),
    ("Rabobank Zwolle heeft mijn rekening geblokkeerd", "Zwolle"),
    ("Hoe laat is het stadhuis in Gorinchem open?", "Gorinchem"),
    ("ik heb een huis gekocht in 't Harde", "'t Harde"),
    ("wonen sinds kort in Kerk-Avezaath", "Kerk-Avezaath"),
    ("woonplaats: Oude-Tonge", "Oude-Tonge"),
]

OTHER_NAMES = [
    ("moet ik daarvoor naar den haag of kan het hier", "'s-Gravenhage"),
    ("ik zoek hulp in Den Bosch", "'s-Hertogenbosch"),
    ("Arnhem'de oturuyorum, mektup geldi", "Arnhem"),
    ("bieb leiden", "Leiden"),
    ("wij wonen op Texel en mijn vader in Hoorn", "Texel"),
    ("wij wonen in 's Gravenzande boven een winkel", "'s-Gravenzande"),
    ("woon in s-heerenberg", "'s-Heerenberg"),
    ("sHertogenbosch", "'s-Hertogenbosch"),
    ("ik huur een kamer in Scheveningen", "'s-Gravenhage"),
    ("Leidsche Rijn, en mijn nieuwbouwwoning heeft schimmel", "Utrecht"),
    ("woon op de derde etage in Overvecht, lift is stuk", "Utrecht"),
    ("Heechterp, Leeuwarden", "Leeuwarden"),
    ("wijk Presikhaaf in Arnhem", "Arnhem"),
    ("flat in de Bijlmer", "Amsterdam"),
    ("Ljouwert", "Leeuwarden"),
    ("ik wenje yn Snits", "Sneek"),
    ("wy binne fan Frjentsjer", "Franeker"),
    ("hardegarijp", "Hurdegaryp"),
    ("capelle a/d ijssel", "Capelle aan den IJssel"),
    ("Alphen ad Rijn", "Alphen aan den Rijn"),
    ("ik kom uit st. anthonis", "Sint Anthonis"),
    ("Driebergen", "Driebergen-Rijsenburg"),
    ("wij komen uit Spakenburg", "Bunschoten-Spakenburg"),
    ("zit in A'dam zonder werk", "Amsterdam"),
    ("Ymuiden", "IJmuiden"),
]

ENGLISH = [
    ("I live in The Hague and got a letter I cannot read", "'s-Gravenhage"),
    ("we just moved to Wageningen from Spain", "Wageningen"),
    ("is there free legal help near Maastricht", "Maastricht"),
    ("I am from Veldhoven, my landlord keeps the deposit", "Veldhoven"),
    ("municipality of Best", "Best"),
    ("living in Houten with two kids", "Houten"),
    ("the best way to get help is to ask", None),
    ("my birthday is in July, I was born in Ghana", None),
    ("well I made a mistake on the form", None),
    ("what goes in the first box of the form", None),
]

MISSPELLED = [
    ("ik woon in Zwole", "Zwolle"),
    ("Amsterdan", "Amsterdam"),
    ("hulp nodig in leeuwaarden", "Leeuwarden"),
    ("wij wonen in Eindhofen", "Eindhoven"),
    ("mijn gemeente is apeldorn", "Apeldoorn"),
    ("den hag", "'s-Gravenhage"),
    ("ik woon in den bos", "'s-Hertogenbosch"),
    ("woon in bergen op zom", "Bergen op Zoom"),
    ("capele aan den ijsel", "Capelle aan den IJssel"),
    ("Doetinchum", "Doetinchem"),
    ("ik kom uit Winterswyk", "Winterswijk"),
    ("ik woon in Roosendal met mijn hond", "Roosendaal"),
    ("grongingen", "Groningen"),
    ("Deventter, hulp bij een formulier", "Deventer"),
    ("ik zoek in Lelistad een cursus", "Lelystad"),
    ("dordregt centrum", "Dordrecht"),
    ("in Hilversem is mijn zaak", "Hilversum"),
]

POSTCODES = [
    ("8011", "8011"),
    ("8011 PK", "8011"),
    ("mijn postcode is 7511", "7511"),
    ("postcode: 1012", "1012"),
    ("ADRES, 3511", "3511"),
    ("ik woon in 9711", "9711"),
    ("het is 6221 dank u", "6221"),
    ("pc 2011", "2011"),
    ("ADRES, 8011 Zwolle", "Zwolle"),
    ("ik woon in Ede, postcode 6711", "Ede"),
    ("sinds 2019 heb ik schulden", None),
    ("ik woon hier sinds 1998", None),
    ("ze willen 1250 euro van mij", None),
    ("boete van € 2400", None),
    ("om 1430 uur had ik een afspraak", None),
    ("het gaat om het jaar 2023", None),
    ("ik verdien 1800 per maand", None),
    ("artikel 1034 van de wet", None),
    ("mijn kenmerk is 4455", None),
    ("nummer 5512.34.889", None),
    ("in 2021 en 2022 kreeg ik toeslag", None),
]

SEVERAL = [
    ("mijn moeder woont in Kampen maar ik woon in Zwolle", "Zwolle"),
    ("ik woon in Hengelo en mijn moeder in Almelo heeft hulp nodig", "Hengelo"),
    ("Mijn zoon studeert in Groningen, wij wonen in Meppel.", "Meppel"),
    ("geboren in Utrecht, nu woonachtig te Zeist", "Zeist"),
    ("ik werk in Rotterdam en woon in Gouda", "Gouda"),
    ("van Deventer naar Zutphen verhuisd, waar moet ik nu zijn?", "Zutphen"),
    ("ik ben verhuisd van Nunspeet naar Epe", "Epe"),
    ("In Leiden woonde ik vroeger, nu woon ik in Lisse", "Lisse"),
    ("Mijn dochter en ik wonen in Tiel, haar vader zit in Breda", "Tiel"),
    ("de zitting is in Almelo en ik woon in Rijssen", "Rijssen"),
    ("I work in Amsterdam but I live in Purmerend", "Purmerend"),
    ("mijn broer woont in Venlo, hij heeft een deurwaarder aan de deur", "Venlo"),
]

ORDINARY = [
    ("best een lastige brief", None),
    ("ik heb geen heel goed gevoel bij deze brief", None),
    ("kunt u het voor mij in orde maken, echt waar", None),
    ("de wijkagent was hier op de hoek", None),
    ("bibliotheek om de hoek", None),
    ("wij wonen met acht mensen in een huis met dunne muren", None),
    ("er zijn geen huizen te huur", None),
    ("houten vloer is kapot, moet de huisbaas dat maken", None),
    ("mag ik dieren houden in een huurhuis", None),
    ("ik moet elke dag medicijnen laten zetten", None),
    ("loon", None),
    ("de bank weert klanten zonder telefoon", None),
    ("ik ben allergisch en er is schimmel in broeken en kasten", None),
    ("buren", None),
    ("een mooie schijf", None),
    ("de boer laat mij niet op zijn land", None),
    ("mijn buren maken herrie in de nacht", None),
    ("mijn loon is lager dan het minimumloon", None),
    ("krijg ik vakantiegeld over mijn loon", None),
    ("dat kan leiden tot problemen", None),
    ("wij kampen met schulden", None),
    ("ik kan de letters niet lezen door mijn staar, te veel", None),
    ("met vriendelijke groet", None),
    ("Met vriendelijke Groet, NAAM", None),
    ("er groeit schimmel onder de tegelen", None),
    ("ik werk in een winkel", None),
    ("de huur gaat omhoog, in heel Nederland trouwens", None),
    ("kom gauw", None),
    ("in ruil voor de borg", None),
    ("ik hoef niet te betalen en zij hoeven ook niet", None),
    ("hij heeft een baard en een bril", None),
    ("ik ben gevallen over een balk", None),
    ("een monster van het water", None),
    ("hij zit in de put en wil niet uit bed komen", None),
    ("een brief uit een andere stad", None),
    ("ik woon in een dorp", None),
    ("ik woon in de wijk achter het station", None),
    ("gemeente heeft mijn aanvraag afgewezen", None),
    ("gemeente helpt mij niet", None),
    ("de waarde van mijn huis klopt niet", None),
    ("welke partij moet ik kiezen", None),
    ("ik vries hier dood zonder gas", None),
    ("hebt u een schijf van vijf poster", None),
    ("zegge en schrijve tien euro", None),
    ("ik woon in Nederland sinds drie jaar", None),
    ("ik kom uit Zeeland", None),
    ("we zijn gevlucht uit Syrië", None),
    ("mevrouw Van Houten belde terug", None),
    ("meneer de Vries van de gemeente", None),
    ("Sint Maarten is op elf november", None),
    ("Amsterdamse huurprijzen zijn niet te betalen", None),
    ("ik ben een echte Rotterdammer", None),
    ("Utrechtse stadspas", None),
    ("Kamer van Koophandel", None),
    ("inschrijven bij de kamer van koophandel", None),
    ("FC Groningen verloor", None),
    ("boete van CJIB Leeuwarden", None),
    ("Postbus 2508 Heerlen", None),
    ("ik kreeg een brief uit Apeldoorn en snap er niets van", None),
    ("drie jaar geleden was alles goed", None),
    ("ik heb een voorschot gekregen", None),
    ("hallo", None),
    ("", None),
    ("?!", None),
]

ORDINARY_AS_PLACE = [
    ("Best", "Best"),
    ("houten", "Houten"),
    ("ik woon in best", "Best"),
    ("Ik woon in Best in een huurhuis", "Best"),
    ("gemeente huizen heeft mij afgewezen", "Huizen"),
    ("Wij wonen in Made", "Made"),
    ("ik kom uit Echt en heb een vraag", "Echt"),
    ("uit Een in Drenthe", "Een"),
    ("ik woon in Elst en zoek hulp", "Elst"),
    ("mijn huis staat in Putten", "Putten"),
    ("bij de gemeente Duiven weten ze het niet", "Duiven"),
    ("waar kan ik in leiden terecht met mijn brief", "Leiden"),
    ("Spreekuur in De Wijk?", "De Wijk"),
    ("ik ben van Hoorn", "Hoorn"),
    ("Wij zijn van de gemeente Buren", "Buren"),
    ("ik woon in Bergen", "Bergen"),
    ("wij wonen in beek", "Beek"),
    ("de lier", "De Lier"),
    ("'t zand", "'t Zand"),
    ("made", "Made"),
    ("in sluis kan ik nergens terecht", "Sluis"),
    ("in horst is het loket dicht", "Horst"),
    ("hoorn zuid, wie kan mij helpen", "Hoorn"),
    ("houten, ik zoek een advocaat", "Houten"),
    ("ik woon in echt en heb een vraag", "Echt"),
    ("ADRES te houten", "Houten"),
    ("ik woon in Wierum", "Wierum"),
]

TOLD_APART = [
    ("Elst (Rhenen)", "Elst (Rhenen)"),
    ("ik woon in Elst, gemeente Rhenen", "Elst (Rhenen)"),
    ("Hengelo Gld", "Hengelo (Bronckhorst)"),
    ("hengelo overijssel", "Hengelo"),
    ("Haren (Gn)", "Haren (Groningen)"),
    ("Bergen NH", "Bergen (NH.)"),
    ("Zeeland (Maashorst)", "Zeeland (Maashorst)"),
    ("Schalkwijk, Haarlem", "Haarlem"),
    ("Vleuten, Utrecht", "Vleuten"),
]


@pytest.mark.parametrize(
    ("text", "place"),
    [*NAMED, *OTHER_NAMES, *ENGLISH, *MISSPELLED, *POSTCODES, *SEVERAL, *ORDINARY_AS_PLACE, *TOLD_APART],
)
def test_the_place_of_the_citizen_is_found(text, place):
    assert find(text) == place


@pytest.mark.parametrize(("text", "place"), ORDINARY)
def test_what_only_looks_like_a_place_is_none(text, place):
    assert find(text) == place


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ik woon in Capelle aan den IJssel, al lang", "Capelle aan den IJssel"),
        ("wij wonen in 's-Gravenzande", "'s-Gravenzande"),
        ("ik zit in leeuwaarden, ja", "leeuwaarden"),
        ("mijn postcode is 8011, en nu?", "8011"),
    ],
)
def test_what_is_found_is_where_it_says(text, words):
    """The classifier puts one word for the place, so the span must hold the name and nothing more."""
    found = FINDER.find(text)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "woon in xqzvwo " * 7000,
        "in Best " * 12500,
        "Elst, " * 16500,
        "Elst (" * 16500,
        "8011 " * 20000,
        "8011ab" * 16500,
        "a" * 100_000,
        " " * 100_000,
        "'" * 100_000,
        "In Zwoole " * 10000,
        "gemeente " * 11000,
        "van de " * 14000,
        "postcode " * 11000,
    ],
)
def test_a_text_of_a_hundred_kilobytes_is_read_in_time_that_grows_with_it(text):
    """Four times the text in well under sixteen times the work, which quadratic work would be."""
    quarter, whole = (measure(text[:length]) for length in (len(text) // 4, len(text)))
    assert whole < 10 * quarter + 0.3


def measure(text):
    """Return the seconds of processor time, which a busy machine does not add to."""
    start = time.process_time()
    FINDER.find(text)
    return time.process_time() - start


def test_the_component_adds_the_place_as_an_entity():
    extractor = PlaceExtractor.create({}, None, Resource("place"), None)
    found, none = extractor.process([Message({TEXT: "ik woon in Den Haag"}), Message({TEXT: "dank u"})])
    (entity,) = found.get(ENTITIES)
    assert entity["entity"] == "place"
    assert entity["value"] == "'s-Gravenhage"
    assert (entity["start"], entity["end"]) == (11, 19)
    assert not none.get(ENTITIES)
