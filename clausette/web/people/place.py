"""What is found of a home from what was typed: a commune, its districts, a point and where it falls."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from clausette.kernel.nir import find_nir
from clausette.reference.enums import DistrictGeneration
from clausette.reference.geocoding import NoAnswer, Place, geocoder_host, places_of
from clausette.reference.geometry import CLOSE, Point
from clausette.reference.queries import (
    CommuneFound,
    DistrictFound,
    communes_like,
    districts_at,
    districts_of_commune,
    edge_near,
    outlines_cover,
)

NOWHERE = "aucun"
NEWEST = DistrictGeneration.OF_2024
HALF = "Écrivez les deux nombres, en degrés : 3,0573 et 50,6292."


@dataclass(slots=True)
class Sought:
    """What was found. `several`: communes to choose from; `places`: what the geocoder knows of the address."""

    commune: CommuneFound | None = None
    several: tuple[CommuneFound, ...] = ()
    candidates: tuple[DistrictFound, ...] = ()
    point: Point | None = None
    wrong_point: str = ""
    here: tuple[DistrictFound, ...] = ()
    edge: tuple[float, DistrictFound] | None = None
    covered: bool = False
    places: tuple[Place, ...] = ()
    unanswered: str = ""
    located: bool = False
    """The point is the one of an address, as the geocoder gave it."""

    @property
    def computed(self) -> str | None:
        """The district of 2024 in which the point is, NOWHERE when it is out of all for sure, None when unknown."""
        inside = [one.code for one in self.here if one.generation == NEWEST]
        if inside:
            return inside[0]
        return NOWHERE if self.point and self.covered else None

    @property
    def verdict(self) -> str:
        """Where the point falls, in words; empty without point."""
        if self.point is None:
            return ""
        if not self.here and not self.covered:
            return (
                "Les contours officiels des quartiers ne sont pas encore installés sur ce site : ce point n'est dans "
                "aucun quartier connu, ce qui ne dit pas qu'il est hors quartier."
            )
        told = " et dans ".join(f"« {one.name} » ({one.code}, liste de {one.generation.value})" for one in self.here)
        where = f"Ce point est dans {told}" if told else "Ce point est hors quartier prioritaire (liste de 2024)"
        if self.edge is None:
            return f"{where}. Aucune limite à moins de 2 km."
        metres, whose = self.edge
        edge = "sa limite" if whose in self.here else f"la limite de « {whose.name} »"
        if metres < CLOSE:
            return f"{where}, à moins de {CLOSE} m de {edge} : vérifiez."
        return f"{where}, à {_rounded(metres)} de {edge}" + ("." if whose in self.here else ", la plus proche.")


def _rounded(metres: float) -> str:
    if metres < 1000:
        return f"{round(metres / 5) * 5} m" if metres >= 50 else f"{round(metres)} m"
    return f"{metres / 1000:.1f} km".replace(".", ",")


def seek(said: dict[str, str]) -> Sought:
    """Find what was typed says; what is found is written back in `said` for the form: commune, point, district."""
    found = Sought()
    if said.get("choix"):
        said["commune"] = said["choix"]
    words = said.get("commune", "").strip() or said.get("adresse", "").strip()
    communes = communes_like(words) if words else ()
    if len(communes) == 1:
        found.commune, said["commune"] = communes[0], communes[0].label
        found.candidates = districts_of_commune(communes[0].code)
    else:
        found.several = communes
    if said.get("etape") == "adresse" and geocoder_host():
        _ask(found, said)
    if said.get("lieu"):
        _put(said, said["lieu"])
    _locate(found, said)
    if said.get("cadre", "") not in {one.code for one in found.candidates}:
        said["cadre"] = ""
    if said.get("etape") == "garder":
        return found
    # another commune is sought: the district chosen before, not offered any more, is no fault; « aucun » was of before
    if said.get("district_2024", "") not in {one.code for one in found.candidates}:
        said["district_2024"] = ""
    if found.point:
        said["district_2024"] = found.computed or ""
        said["district_2015"] = _old(found.here) or said.get("district_2015", "")
    return found


def _old(here: Sequence[DistrictFound]) -> str:
    return next((one.code for one in here if one.generation == DistrictGeneration.OF_2015), "")


def _ask(found: Sought, said: dict[str, str]) -> None:
    """Ask the geocoder; an exact place is taken at once, several are proposed."""
    address = " ".join(said.get("adresse", "").split())[:200]
    if not address or find_nir(address):
        found.unanswered = "Écrivez une adresse : un numéro, une rue." if not address else ""
        return
    name = found.commune.name if found.commune else ""
    try:
        places = places_of(f"{address} {name}".strip(), commune=found.commune.code if found.commune else "")
    except NoAnswer as refused:
        found.unanswered = str(refused)
        return
    if not places:
        found.unanswered = "Cette adresse n'est pas connue du service d'adresses. Placez le point sur la carte."
    elif len(places) == 1 and places[0].is_exact:
        _put(said, told(places[0].point))
    else:
        found.places = places


def told(point: Point) -> str:
    """« 3,05730;50,62920 »: a point in a form."""
    return ";".join(f"{one:.5f}".replace(".", ",") for one in point)


def _put(said: dict[str, str], point: str) -> None:
    said["longitude"], _, said["latitude"] = point.partition(";")
    said["adresse_point"] = point


def _locate(found: Sought, said: dict[str, str]) -> None:
    """Read the point and say where it falls; what is wrong with it is kept for its field."""
    typed = [said.get(name, "").strip() for name in ("longitude", "latitude")]
    if not any(typed):
        return
    try:
        longitude, latitude = (float(Decimal(one.replace(",", "."))) for one in typed)
        (found.here,) = districts_at([(longitude, latitude)])
    except InvalidOperation:
        found.wrong_point = HALF
        return
    except ValueError as error:
        found.wrong_point = str(error)
        return
    found.point = longitude, latitude
    found.located = said.get("adresse_point", "") == ";".join(typed)
    found.covered = outlines_cover(found.commune.code if found.commune else "")
    found.edge = edge_near(found.point, NEWEST)
