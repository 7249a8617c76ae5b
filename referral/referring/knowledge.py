"""What a referral is made with, read once a process: the catalogue and the places."""

from dataclasses import dataclass
from functools import cache

from referral.catalogue.service import Catalogue, load_catalogue
from referral.places.postcodes import PostcodeTable, load_postcodes
from referral.places.table import PlaceTable, load_places
from referral.settings import get_settings


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`postcodes` is there only where a full postcode file was given or fetched (`Settings.find_postcode_file`)."""

    catalogue: Catalogue
    places: PlaceTable
    postcodes: PostcodeTable | None


@cache
def load_knowledge() -> Knowledge:
    """Read everything; raise `InvalidContent` that names the file and what is wrong in it."""
    settings = get_settings()
    file = settings.find_postcode_file()
    places = load_places(settings.data_dir)
    return Knowledge(
        catalogue=load_catalogue(settings.data_dir),
        places=places,
        postcodes=load_postcodes(file) if file else None,
    )
